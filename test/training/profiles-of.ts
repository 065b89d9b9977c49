// Trains on a dataset directory, without an engine: the profile documents that would be published.
import { expect } from '@jest/globals';
import type { Model } from '../../src/core/model/model.js';
import { type ProfileDocument, profileDocumentSchema } from '../../src/core/profile/profile.js';
import { openDuckDb } from '../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../src/duckdb/sql-steps.js';
import { computeAffinities } from '../../src/training/affinities/compute-affinities.js';
import { profileDocuments } from '../../src/training/publish/profile-documents.js';
import { openDatasetSource } from '../../src/training/sources/dataset-source.js';

export const AS_OF = Date.parse('2026-03-01T00:00:00Z');

/** All documents by id, ages counted from `AS_OF`. */
export async function profilesOf(dir: string, model: Model): Promise<Map<string, ProfileDocument>> {
  const database = await openDuckDb({ threads: 1 });
  try {
    const steps = createSqlSteps(database.connection);
    const source = await openDatasetSource(steps, dir);
    const summary = await computeAffinities(steps, source, model, { asOf: AS_OF, since: null }, () => {});
    const documents = new Map<string, ProfileDocument>();
    for await (const batch of profileDocuments(steps, summary))
      for (const { id, document } of batch)
        documents.set(id, profileDocumentSchema.parse(JSON.parse(document)));
    expect(documents.size).toBe(summary.documents);
    return documents;
  } finally {
    await database.close();
  }
}
