// Keeps a name from turning round the sentence that it stands in.

/** Of Unicode: embeddings, overrides and isolates, which reach beyond a name that does not close them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** For sentences with names in them. Letters keep their own direction; only what reaches beyond them goes. */
export function stripBidiControls(text: string): string {
  return text.replaceAll(TURNING, '');
}
