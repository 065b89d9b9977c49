// Findings of a refused save, by setting.
import { expect, test } from '@jest/globals';
import { findingAt, findingUnder, withoutUnder } from '../../src/console/lib/model/findings.js';

test('findings are told at their place, and forgotten when it is edited', () => {
  const findings = [
    { path: 'globalAffinityFields', message: 'weights total 99' },
    { path: 'globalAffinityFields.1.field', message: 'is no field' },
    { path: 'globalAffinityFields.10.field', message: 'is no field either' },
    { path: 'name', message: 'must not be empty' },
  ];
  expect(findingAt(findings, 'globalAffinityFields')).toBe('weights total 99');
  expect(findingUnder(findings, 'globalAffinityFields.1')).toBe('is no field');
  expect(findingUnder(findings, 'globalAffinityFields.0')).toBeNull();
  expect(withoutUnder(findings, 'globalAffinityFields').map(({ path }) => path)).toEqual(['name']);
  expect(withoutUnder(findings, 'impact')).toBe(findings);
});
