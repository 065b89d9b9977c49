// Reads from the id of a point in time which indices it is of: both engines write their names into it.

/** Characters of the unique id that follows each name. */
const UUID_LENGTH = 22;

/**
 * Whether a point in time holds shards of these indices, and of no others. Its id is base64url of the version, the
 * number of shards, and for each shard the name of its index and that index's unique id, each behind its length
 * (`SearchContextId` of Elasticsearch 8 and 9 and OpenSearch 2 and 3, measured on 9.2.0 and 3.4.0); an id of any other
 * form is of none.
 * @param indices names of indices, not of aliases
 */
export function isPointInTimeOf(id: string, indices: Iterable<string>): boolean {
  const bytes = Buffer.from(id, 'base64url');
  const [, afterVersion] = readVInt(bytes, 0);
  const [shards, first] = readVInt(bytes, afterVersion);
  const places = [...indices].flatMap((name) => placesOf(bytes, named(name), first));
  return shards > 0 && places.length === shards && places.includes(first);
}

/** Seven bits a byte, lowest first; a set eighth bit says that more follow. */
function readVInt(bytes: Buffer, start: number): readonly [value: number, end: number] {
  let value = 0;
  for (let at = start, factor = 1; ; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, at + 1];
  }
}

function named(name: string): Buffer {
  const length = name.length < 0x80 ? [name.length] : [(name.length & 0x7f) | 0x80, name.length >> 7];
  return Buffer.concat([Buffer.from(length), Buffer.from(name), Buffer.of(UUID_LENGTH)]);
}

function placesOf(bytes: Buffer, text: Buffer, start: number): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text, start); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}
