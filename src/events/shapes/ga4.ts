// Events of Google Analytics 4 (measurement protocol: `name`, `params.items`), as UBI.
// https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference
import { canonicalEventName } from '../../core/event/event-names.js';
import {
  defined,
  eventLines,
  idText,
  type Json,
  json,
  OBJECT_ID_PATH,
  type SentEvent,
} from './sent-event.js';

/** @param payload what the event was sent in: whose it is, and when, unless the event says so itself */
export function readGa4Event(event: Json, payload: Json): SentEvent {
  const params = json(event.params);
  const own = event.timestamp_micros !== undefined;
  const common = defined({
    action_name: event.name,
    timestamp: own ? event.timestamp_micros : payload.timestamp_micros,
    user_id: idText(payload.user_id),
    client_id: idText(payload.client_id ?? payload.app_instance_id),
    session_id: idText(params.session_id),
    user_query: params.search_term,
  });
  const attributes = defined({ transaction_id: params.transaction_id });
  const paths = {
    action_name: 'name',
    timestamp: 'timestamp_micros',
    session_id: 'params.session_id',
    user_query: 'params.search_term',
    [OBJECT_ID_PATH]: 'params.items',
  };
  const { items } = params;
  // The products of a page of results are no part of what was searched for.
  if (!Array.isArray(items) || items.length === 0 || canonicalEventName(String(event.name)) === 'search')
    return { lines: [{ event: { ...common, event_attributes: attributes }, paths }] };
  const lines = items.map((item: unknown, place) => {
    const { item_id, quantity, price, index } = json(item);
    const path = `params.items.${place}.item_id`;
    return { object_id: item_id, quantity, price, currency: params.currency, ordinal: index, path };
  });
  return eventLines(lines, { common, attributes, paths, list: 'params.items' });
}
