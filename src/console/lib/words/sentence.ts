// Turns a message of the server, a clause in lower case, into a sentence.
import { stripBidiControls } from './strip-bidi-controls.js';

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Begins with a capital and ends with a full stop, unless it ends a sentence already. */
export function sentence(text: string): string {
  const plain = stripBidiControls(text);
  return `${capitalize(plain)}${/[.!?]$/.test(plain) ? '' : '.'}`;
}
