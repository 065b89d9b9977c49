// How large a share is, and how sure a taste is, in words.

/** `12.3 %`; a small share keeps a digit, so that no `0.0 %` stands beside a factor that was made of it. */
export function shareText(share: number): string {
  const percent = 100 * share;
  if (percent === 0 || percent >= 0.05) return `${percent.toFixed(percent === 0 ? 0 : 1)} %`;
  return percent < 0.001 ? 'under 0.001 %' : `${Number(percent.toPrecision(1))} %`;
}

/** Less is a guess; from as many on it is sure. */
export const LIKELY_FROM = 5;
export const SURE_FROM = 20;

/** How sure a taste is that so many events speak of, in front of their count. */
export function sureWords(events: number): string {
  if (events >= SURE_FROM) return 'sure, from';
  return events >= LIKELY_FROM ? 'likely, from' : 'a guess, from';
}
