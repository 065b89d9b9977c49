// The two search engines Kindred works with.
export type EngineKind = 'elasticsearch' | 'opensearch';
