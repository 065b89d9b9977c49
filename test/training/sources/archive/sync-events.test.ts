// A second training reads only what is new, and always ends with the very events of the engine.
import { readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRandom } from '../../../../src/datasets/simulate/random.js';
import { engines } from '../../../helpers/engines.js';
import { type EventLog, type LoggedEvent, openEventLog } from './event-log.js';

const DAY = Date.parse('2026-03-01T00:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number, user_id = 'anna'): LoggedEvent => ({
  timestamp: new Date(DAY + hours * HOUR).toISOString(),
  user_id,
});

describe.each(engines())('$kind', ({ kind }) => {
  let log: EventLog;
  beforeEach(async () => {
    log = await openEventLog(kind);
    await log.put({ a: at(0), b: at(1), c: at(24), d: at(47.999), e: at(72) });
  });
  afterEach(() => log.close());

  test('reads every event once, whenever it arrives', async () => {
    const first = await log.sync();
    expect(first).toMatchObject({ read: 5, archived: 0, notes: [] });
    expect(first.rows).toHaveLength(5);
    expect(await log.sync()).toMatchObject({ read: 0, archived: 5, rows: first.rows });
    // Of the last day at the very moment of its newest, late ones of an old day, and a day that had none.
    await log.put({ f: at(72, 'bob'), g: at(0, 'bob'), h: at(0.5), i: at(120) });
    const second = await log.sync();
    expect(second).toMatchObject({ read: 4, archived: 5 });
    expect(second.rows).toHaveLength(9);
    expect((await readdir(await log.folder())).sort()).toEqual(
      ['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-06'].map((day) => `${day}.parquet`),
    );
    expect((await stat(await log.folder())).mode & 0o777).toBe(0o700);
  });

  test('what was erased, replaced or moved in the engine is so in the archive', async () => {
    await log.sync();
    await log.remove('a', 'e');
    // As many events in the day as before, and as many in the day that loses one and gains one.
    await log.put({ z: at(2, 'zoe'), c: at(25, 'carl'), d: at(96) });
    const { rows, read } = await log.sync();
    expect(rows.map((row) => row.split('|')[1])).toEqual(['anna', 'zoe', 'carl', 'anna']);
    expect(read).toBe(4);
    expect(await readdir(await log.folder())).not.toContain('2026-03-04.parquet');
  });

  test('a damaged, foreign, empty or misplaced file is read anew', async () => {
    const { rows } = await log.sync();
    const file = async (day: string) => join(await log.folder(), `${day}.parquet`);
    const { size } = await stat(await file('2026-03-01'));
    await truncate(await file('2026-03-01'), size - 10);
    await writeFile(await file('2026-03-02'), 'not a file of ours');
    await writeFile(await file('2026-03-04'), '');
    await writeFile(await file('2020-01-01'), '');
    expect(await log.sync()).toMatchObject({ read: 5, archived: 0, rows, notes: [] });
    expect(await log.sync()).toMatchObject({ read: 0, rows });
    await rm(await file('2026-03-01'));
    expect(await log.sync()).toMatchObject({ read: 2, archived: 3, rows });
  });

  test('clocks that run wild do not make many files', async () => {
    const wild = [0, -1, -8e15, 253_402_300_800_000, 9e15, Date.UTC(2100, 0, 1), Date.UTC(1999, 11, 31, 23)];
    await log.put(Object.fromEntries(wild.map((timestamp) => [`w${timestamp}`, { timestamp }])));
    const { rows, read } = await log.sync();
    expect({ rows: rows.length, read }).toEqual({ rows: 12, read: 12 });
    expect(rows).toContain('-1|view');
    expect(await log.sync()).toMatchObject({ read: 0, archived: 12, rows });
    expect(await readdir(await log.folder())).toHaveLength(5);
  });

  test('a shorter window reads its days only, and a longer one the rest', async () => {
    const short = await log.sync({ since: DAY + 30 * HOUR });
    expect(short).toMatchObject({ read: 3, archived: 0 });
    expect(await log.sync()).toMatchObject({ read: 2, archived: 3 });
    // Nobody asks for the first day here, but who was erased from it must not stay.
    await log.remove('a');
    expect(await log.sync({ since: DAY + 30 * HOUR })).toMatchObject({ read: 0, archived: 3 });
    expect(await readdir(await log.folder())).not.toContain('2026-03-01.parquet');
  });

  test('an index made anew under its name is another one', async () => {
    await log.sync();
    await log.recreate();
    expect(await log.sync()).toMatchObject({ read: 0, archived: 0, rows: [] });
    await log.put({ a: at(0), b: at(1) });
    expect(await log.sync()).toMatchObject({ read: 2, archived: 0 });
  });

  test('two trainings share an archive, and neither moves the ground under the other', async () => {
    const [one, other] = await Promise.all([log.open(), log.open()]);
    expect(one.rows).toHaveLength(5);
    expect(other.rows).toEqual(one.rows);
    await log.remove('a', 'b');
    await log.put({ e: at(73) });
    expect((await log.sync()).rows).toHaveLength(3);
    await rm(log.archiveDir, { recursive: true });
    // Their files were replaced, dropped and removed meanwhile; only links are gone that nobody opened yet.
    await Promise.all([one.close(), other.close()]);
    expect(await log.sync()).toMatchObject({ read: 3 });
  });

  test('a running training keeps its events while another replaces and drops their files', async () => {
    await log.sync();
    const running = await log.open();
    expect(running).toMatchObject({ read: 0, archived: 5 });
    await log.remove('a', 'b', 'c');
    await log.put({ e: at(73, 'eve') });
    expect((await log.sync()).rows).toHaveLength(2);
    expect(await running.rowsNow()).toEqual(running.rows);
    await running.close();
    expect((await readdir(await log.folder())).filter((name) => !name.endsWith('.parquet'))).toEqual([]);
  });

  test('a cancelled training leaves the archive as it is', async () => {
    await log.sync();
    await expect(log.open({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(await log.sync()).toMatchObject({ read: 0, archived: 5 });
  });

  test('a folder that cannot be used costs reading, and is named', async () => {
    await writeFile(join(log.dir, 'file'), '');
    const into = join(log.dir, 'file', 'archive');
    const { read, notes } = await log.sync({ into });
    expect(read).toBe(5);
    expect(notes).toEqual([expect.stringMatching(/^The event archive .*file.* cannot be used \(.*ENOTDIR/)]);
  });
});

/** Each shard numbers its writes apart, so that what is new cannot always be told from one number. */
test.each([1, 3])(
  'whatever happens to %i shards between trainings, each ends with the events of the engine',
  async (shards) => {
    const log = await openEventLog('elasticsearch', shards);
    try {
      const random = createRandom(shards, 20_260_301);
      const events: Record<string, LoggedEvent> = {};
      let sent = 0;
      for (let round = 0; round < 12; round++) {
        const added: Record<string, LoggedEvent> = {};
        for (let count = Math.floor(random() * 30); count > 0; count--)
          added[`e${sent++}`] = at(Math.floor(random() * 24 * (round + 1)), `u${sent}`);
        const ids = Object.keys(events);
        const some = ids.filter(() => random() < 0.02);
        for (const id of some.splice(0, 2))
          added[id] = { ...events[id], timestamp: DAY, user_id: `new${round}` };
        await log.put(added);
        Object.assign(events, added);
        await log.remove(...some);
        for (const id of some) delete events[id];
        const since = random() < 0.3 ? DAY + 24 * HOUR : null;
        const { rows, read, archived } = await log.sync({ since });
        const wanted = Object.values(events)
          .map(({ timestamp, user_id }) => ({ time: new Date(timestamp).getTime(), user_id }))
          .filter(({ time }) => since === null || time >= since)
          .map(({ time, user_id }) => `${time}|${user_id}|view`);
        expect(rows).toEqual(wanted.sort());
        expect(read + archived).toBeGreaterThanOrEqual(rows.length);
      }
    } finally {
      await log.close();
    }
  },
);
