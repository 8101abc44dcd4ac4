/** The two who edit, in the words of whoever looks at the page. */

/**
 * @typedef {object} Role
 * @property {string} who
 * @property {string} whose
 * @property {string} own what this one has written
 * @property {string} other what the other one has written
 */

/** @type {Role} */
export const YOU = { who: 'You', whose: 'Your', own: 'yours', other: 'theirs' };

/** @type {Role} */
export const OTHER = { who: 'Somebody else', whose: 'Somebody else’s', own: 'theirs', other: 'yours' };
