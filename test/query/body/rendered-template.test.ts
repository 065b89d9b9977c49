// Rendered templates become searches byte for byte; the two flags beside a template overrule those in it.
import { expect, test } from '@jest/globals';
import { renderedSearch } from '../../../src/search/request/search-template.js';

const search = (output: string, template = '{"id":"t"}') =>
  renderedSearch(Buffer.from(`{"template_output":${output}}`), Buffer.from(template))?.toString() ?? null;

test.each([
  ['{ "n": 9007199254740993.0,  "m": 1e400 }', undefined],
  ['{"query":{"match":{"t":"\\u00e9"}}}', undefined],
  ['{}', undefined],
  ['{}', '{"id":"t","explain":false,"params":{"explain":true}}'],
])('%s stays as it is', (output, template) => {
  expect(search(output, template)).toBe(output);
});

test.each([
  ['{"size":1,"explain":true,"profile":true}', '{"id":"t"}', '{"size":1}'],
  ['{"explain":true}', '{"id":"t"}', '{}'],
  ['{"explain":false}', '{"explain":true,"id":"t"}', '{"explain":true}'],
  ['{}', '{"explain":"true","profile":true}', '{"explain":true,"profile":true}'],
  ['{"size":1}', '{"profile":true}', '{"profile":true,"size":1}'],
])('%s of %s is %s', (output, template, expected) => {
  expect(search(output, template)).toBe(expected);
});

test.each([
  ['text that is no JSON', '{"template_output":{ "size" : }}', '{}'],
  ['braces that end it early', '{"template_output":{"size":1},"x":{"a":1}}', '{}'],
  ['a key twice', '{"template_output":{"size":1,"size":2}}', '{}'],
  ['no object', '{"template_output":[1]}', '{}'],
  ['an error', '{"error":"no"}', '{}'],
  ['nothing', '', '{}'],
  ['a template that is no JSON', '{"template_output":{}}', '{"id":'],
])('%s is the engine’s to judge', (_, answer, template) => {
  expect(renderedSearch(Buffer.from(answer), Buffer.from(template))).toBeNull();
});
