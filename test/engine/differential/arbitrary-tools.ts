// Small parts of which generated searches are made.
import fc from 'fast-check';
import { Digits, type Json, type JsonObject } from './spelling.js';

export const pickOne = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** There once in `outOf` times; shrinks to not there. */
export function maybe<T>(arbitrary: fc.Arbitrary<T>, outOf = 4): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: outOf - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );
}

/** One of several, as often as its weight says; shrinks to the first. */
export function weighted<T>(...choices: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(
    { withCrossShrink: true },
    ...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })),
  );
}

/** An object of which every member is an arbitrary of its own; a member that comes out undefined is absent. */
export function object(
  members: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>,
): fc.Arbitrary<JsonObject> {
  return fc
    .record(members)
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
}

/** `{ [key]: value }`, for either of them generated. */
export function keyed(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<Json>,
  name?: string,
): fc.Arbitrary<JsonObject> {
  return fc.tuple(keys, values).map(([key, value]) => {
    const inner: JsonObject = { [key]: value };
    return name === undefined ? inner : { [name]: inner };
  });
}

/** `{ [name]: { …members } }` */
export function named(
  name: string,
  members: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>,
): fc.Arbitrary<JsonObject> {
  return object(members).map((inner) => ({ [name]: inner }));
}

/** A clause alone or as a list, as the engines take both. */
export function oneOrSeveral<T extends Json>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Json> {
  return weighted<Json>([1, arbitrary], [2, fc.array(arbitrary, { maxLength: 3 })]);
}

export const digits = (...texts: readonly string[]): fc.Arbitrary<Digits> =>
  fc.constantFrom(...texts.map((text) => new Digits(text)));
