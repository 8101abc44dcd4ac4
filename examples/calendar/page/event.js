/** What the page knows of an event, and what of it can be edited. */

/** @typedef {'summary' | 'location' | 'description'} FieldName */
/** @typedef {Readonly<Record<FieldName, string>>} Draft What stands in the three fields of an editor. */
/** @typedef {{ readonly date?: string, readonly dateTime?: string }} EventTime */
/**
 * @typedef {object} CalendarEvent
 * @property {string} id
 * @property {string} etag
 * @property {string} updated
 * @property {EventTime} start
 * @property {EventTime} end
 * @property {string} summary
 * @property {string} [location]
 * @property {string} [description]
 */

/** @type {readonly { readonly name: FieldName, readonly label: string }[]} */
export const FIELDS = [
  { name: 'summary', label: 'Title' },
  { name: 'location', label: 'Place' },
  { name: 'description', label: 'Notes' },
];

/**
 * @param {(name: FieldName) => string} valueOf
 * @returns {Draft}
 */
export function draftFrom(valueOf) {
  return { summary: valueOf('summary'), location: valueOf('location'), description: valueOf('description') };
}

/** @param {CalendarEvent} event */
export function draftOf(event) {
  return draftFrom((name) => event[name] ?? '');
}

/**
 * What a PUT sends: the event as it was read, its tag included, with what was edited.
 *
 * @param {CalendarEvent} seen
 * @param {Draft} draft
 * @returns {CalendarEvent}
 */
export function contentOf(seen, draft) {
  return { ...seen, ...draft };
}
