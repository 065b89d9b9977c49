// Events as they arrive: accepted or rejected and why, how many of each kind, and how to send one.
import './events.css';
import { useState } from 'react';
import { useFeed } from '../../api/events.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { FeedSection } from './feed-section.js';
import { RatesSection } from './rates-section.js';
import { TrySection } from './try-section.js';

export function EventsPage() {
  const [paused, setPaused] = useState(false);
  const feed = useFeed(paused);
  return (
    <Page
      title="Events"
      description="What your shop sends, as this Kindred hears it. An event that was accepted is stored, and moves its shopper’s next search."
    >
      {feed.loaded ? (
        <>
          <RatesSection rates={feed.rates} />
          <FeedSection feed={feed} paused={paused} onPause={setPaused} />
          <TrySection />
        </>
      ) : (
        <Loading what="the latest events" />
      )}
    </Page>
  );
}
