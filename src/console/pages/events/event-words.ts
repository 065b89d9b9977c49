// A received event in a few words. It may be any JSON, as rejected ones are shown too.

/** `action_name`, or a placeholder. */
export function nameOf(event: unknown): string {
  return textAt(event, 'action_name') || '(no readable name)';
}

/** Product, search and ids of the event, those that it has. @param title of the product */
export function partsOf(event: unknown, title?: string): string[] {
  const attributes = at(event, 'event_attributes');
  const parts: readonly [string, string][] = [
    ['product', [textAt(at(attributes, 'object'), 'object_id'), title].filter(Boolean).join(' ')],
    ['search', textAt(event, 'user_query')],
    ['user', textAt(event, 'user_id')],
    ['client', textAt(event, 'client_id')],
    ['session', textAt(event, 'session_id')],
  ];
  return parts.flatMap(([name, text]) => (text === '' ? [] : [`${name} ${text}`]));
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string {
  const text = at(value, key);
  return typeof text === 'string' || typeof text === 'number' ? String(text) : '';
}
