// Why a search is not personalized, as the `X-Personalization` header names it (docs/proxy.md, "What was done").

export type SkipReason =
  | 'off'
  | 'no-model'
  | 'no-identity'
  | 'no-profile'
  | 'not-scored'
  | 'unsupported'
  | 'profile-timeout'
  | 'profile-error'
  | 'rewrite-rejected';

/** `profile-timeout`: not read by the deadline; `profile-error`: the store failed or holds no population. */
export type ProfileFailure = Extract<SkipReason, 'profile-timeout' | 'profile-error'>;
