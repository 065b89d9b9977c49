// The actor of an entry of the audit log in words.

const NAMES: Readonly<Record<string, string>> = {
  cli: 'the command line',
  schedule: 'the schedule',
  kindred: 'Kindred itself',
};

/** @param own the actor of the key in use */
export function actorWords(actor: string, own: string | null): string {
  if (actor === own) return 'you';
  return NAMES[actor] ?? `key ${actor}`;
}
