// Undoes what @elastic/elasticsearch does to headers that are given to the client itself and not in lower case.

/** It sends them twice, spelled as given and in lower case, and Node joins the two by a comma. @returns one of the two */
export function sentOnce(value: string): string {
  const end = value.length / 2 - 1;
  const twice = value.slice(end, end + 2) === ', ' && value.slice(0, end) === value.slice(end + 2);
  return twice ? value.slice(0, end) : value;
}
