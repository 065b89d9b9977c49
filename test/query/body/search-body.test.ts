// What is ours in a body is read and taken out; everything else stays as it was written.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSearchBody, type SearchBody } from '../../../src/query/body/search-body.js';
import { objectDocument, objectTokens, tokens } from '../json-text.js';

function read(text: string, keepsUbi = false): SearchBody {
  const outcome = readSearchBody(Buffer.from(text), keepsUbi);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.body;
}

describe('readSearchBody', () => {
  test('takes out ext.kindred, and ext.ubi for an engine that does not read it, and nothing else', () => {
    fc.assert(
      fc.property(objectDocument, objectDocument, fc.boolean(), (whole, ext, keepsUbi) => {
        const others = whole.members.filter(({ key }) => key !== 'ext');
        const extMember = { key: 'ext', keyText: '"\\u0065xt"', valueText: ext.text };
        const text = `{${[...others, extMember].map((m) => `${m.keyText}:${m.valueText}`).join(' , ')}}`;
        const left = ext.members.filter(({ key }) => key !== 'kindred' && (keepsUbi || key !== 'ubi'));
        const inside = left.map((member) => `${member.keyText}:${member.valueText}`).join(',');
        const extLeft = { ...extMember, valueText: `{${inside}}` };
        const gone = left.length === 0 && ext.members.length > 0;
        const { document } = read(text, keepsUbi);
        const { bytes } = document;
        const object = document.span()!;
        expect(tokens(bytes.toString())).toEqual(objectTokens(gone ? others : [...others, extLeft]));
        if (left.length === ext.members.length) expect(bytes.toString()).toBe(text);
        expect(bytes.toString('utf8', object.start, object.end)).toBe(bytes.toString());
      }),
      { numRuns: 300 },
    );
  });

  test('reads the directives', () => {
    const kindred = {
      off: false,
      impact: 80,
      model: 'summer',
      explain: true,
      user_id: 'u1',
      client_id: 'c1',
      session_id: 's1',
      category: 'shoes',
    };
    const { ext, document } = read(
      JSON.stringify({ size: 1, ext: { kindred, ubi: { client_id: 'device' } } }),
    );
    expect(ext).toEqual({ kindred, ubiClientId: 'device', findings: [] });
    expect(document.bytes.toString()).toBe('{"size":1}');
  });

  test.each([
    ['{"impact":"80"}', 'ext.kindred.impact', 'must be a number from 0 to 100'],
    ['{"impact":101}', 'ext.kindred.impact', 'must be a number from 0 to 100'],
    ['{"impact":1e400}', 'ext.kindred.impact', 'must be a number from 0 to 100'],
    ['{"off":"yes"}', 'ext.kindred.off', 'must be true or false'],
    ['{"user_id":7}', 'ext.kindred.user_id', 'must be text'],
    ['{"user_id":""}', 'ext.kindred.user_id', 'must not be empty'],
    ['{"impcat":80}', 'ext.kindred', 'Unrecognized key: "impcat"'],
    ['"off"', 'ext.kindred', 'Invalid input: expected object, received string'],
  ])('reports %s at %s', (kindred, path, message) => {
    const { ext, document } = read(`{"size":1,"ext":{"kindred":${kindred}}}`);
    expect(ext).toMatchObject({ kindred: {}, findings: [{ path, message }] });
    expect(document.bytes.toString()).toBe('{"size":1}');
  });

  test('an ext that is no object is the business of the engine', () => {
    const text = '{"ext":[{"kindred":{"off":true}}]}';
    expect(read(text)).toMatchObject({ ext: { kindred: {}, findings: [] } });
    expect(read(text).document.bytes.toString()).toBe(text);
  });

  test('no body is an empty search; a body that cannot be scanned says why', () => {
    expect(read('').document.bytes.toString()).toBe('{}');
    expect(readSearchBody(Buffer.from('{"size":1'))).toMatchObject({
      ok: false,
      reason: 'malformed',
      offset: 9,
    });
  });
});
