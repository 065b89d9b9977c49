// Request paths of an index: every name in them encoded.

/** `/index/_doc/id…`: every segment encoded, so that a name is never read as a path, a query or several names. */
export function indexPath(index: string, ...segments: readonly string[]): string {
  return ['', index, ...segments].map(encodeURIComponent).join('/');
}

/** The parameters that send a search to one shard of its index, or to all. */
export function onShard(shard: number | undefined): { preference?: string } {
  return shard === undefined ? {} : { preference: `_shards:${shard}` };
}
