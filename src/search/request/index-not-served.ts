// The refusal of an index that public requests may not name.
import { KindredError } from '../../core/errors.js';

export function indexNotServed(): KindredError {
  const message = 'no such index here; name a configured catalog';
  return new KindredError('index-not-served', message, { status: 404 });
}
