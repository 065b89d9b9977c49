// Progress outside a terminal: few lines, each of them whole.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { createProgress } from '../../src/terminal/progress.js';

function lines(run: (stream: NodeJS.WriteStream) => void): string[] {
  const stream = new PassThrough();
  run(stream as unknown as NodeJS.WriteStream);
  return String(stream.read() ?? '')
    .split('\n')
    .slice(0, -1);
}

describe('progress in plain lines', () => {
  test('says every tenth and the end, with counts and rate where a unit is named', () => {
    const said = lines((stream) => {
      const progress = createProgress('load events', 5_000, 'events', stream);
      for (let done = 1; done <= 4_999; done++) progress.update(done);
      progress.stop();
    });
    expect(said).toHaveLength(10);
    expect(said[0]).toMatch(/^load events: 10 % 500\/5,000 events, [\d,]+\/s$/);
    expect(said[9]).toMatch(/^load events: 99 % 4,999\/5,000 events/);
  });

  test('shows the stage, and nothing twice', () => {
    const said = lines((stream) => {
      const progress = createProgress('training', 100, undefined, stream);
      progress.update(3, 'read events');
      progress.update(100, 'check');
      progress.stop();
    });
    expect(said).toEqual(['training: 100 % check']);
  });

  test('stays silent when nothing was done', () => {
    expect(lines((stream) => createProgress('x', 10, 'y', stream).stop())).toEqual([]);
  });
});
