// The time that reading profiles may take before a search goes on without them: personalization never delays a search.

/** Milliseconds. */
export const DEFAULT_PROFILE_DEADLINE_MS = 20;

/** `profile-timeout`: not read by the deadline; `profile-error`: the store failed or holds no population. */
export type ProfileFailure = 'profile-timeout' | 'profile-error';

/**
 * What is read by the deadline; a rejection is a `profile-error`.
 * @param read gets `expired`, which tells whether the search has gone on without its result
 */
export async function withinDeadline<T>(
  deadlineMs: number,
  read: (expired: () => boolean) => Promise<T>,
): Promise<T | ProfileFailure> {
  let timer: NodeJS.Timeout | undefined;
  let expired = false;
  const deadline = new Promise<'profile-timeout'>((resolve) => {
    timer = setTimeout(() => {
      expired = true;
      resolve('profile-timeout');
    }, deadlineMs);
  });
  try {
    return await Promise.race([read(() => expired), deadline]);
  } catch {
    return 'profile-error';
  } finally {
    clearTimeout(timer);
  }
}
