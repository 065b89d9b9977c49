// Remembering what was computed: the last result for some inputs, or one result for each object as long as it lives.

/** Computes again when one of the inputs is another object or value than the last time. */
export type Memo<T> = (inputs: readonly unknown[], compute: () => T) => T;

export function createMemo<T>(): Memo<T> {
  let last: { readonly inputs: readonly unknown[]; readonly value: T } | undefined;
  return (inputs, compute) => {
    if (last?.inputs.every((input, at) => input === inputs[at])) return last.value;
    last = { inputs, value: compute() };
    return last.value;
  };
}

export function perObject<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
