// Whose events speak for a shopper.

export type ProfileSource = 'individual' | 'session' | 'group';
