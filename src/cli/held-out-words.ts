// One line of what a trained version is worth.
import type { Quality } from '../core/model/quality-verdict.js';

export function heldOutWords(quality: Quality | null): string {
  return `Held-out quality: ${quality?.summary ?? 'not judged'}`;
}
