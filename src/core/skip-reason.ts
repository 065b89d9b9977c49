// Why a search is left as it came, as the `X-Personalization` header names it.

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
