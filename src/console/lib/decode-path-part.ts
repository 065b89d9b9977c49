// A parameter of a path as text: the router leaves a path as it is that it cannot decode.

export function decodePathPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
