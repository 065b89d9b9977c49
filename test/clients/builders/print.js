// How a builder's script is run: told the index, it prints the requests that it built.
export const index = process.argv[2];

/** @param requests as `BuiltRequest` of ../support/built-requests.ts */
export function print(requests) {
  process.stdout.write(JSON.stringify(requests));
}
