/** A deviation that several of the projects share, with the package that they use, and that it documents. */
export const RELOAD =
  'a request that says `no-cache` is never answered 304, so that a reload goes to the end: README of fresh';
