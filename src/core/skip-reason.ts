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
