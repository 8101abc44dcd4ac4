import type { Answer, FieldLines } from '../types.js';

export function answerOf(parts: Pick<Answer, 'sent' | 'status' | 'fields' | 'body'>): Answer {
  return { ...parts, field: (name) => valueOf(parts.fields, name) };
}

/** `undefined` when there is no line of that name. */
export function valueOf(fields: FieldLines, name: string): string | undefined {
  const values = fields
    .filter(([other]) => other.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
