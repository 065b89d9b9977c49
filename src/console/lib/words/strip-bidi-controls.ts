// Keeps a name from changing the reading direction of the sentence around it.

/** Unicode's embeddings, overrides and isolates: what a name leaves open goes on in the text after it. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Letters keep their own direction; only the control characters go. */
export function stripBidiControls(text: string): string {
  return text.replaceAll(BIDI_CONTROLS, '');
}
