/** Rows and cells of the two tables. On a narrow page they stand below each other, and each cell shows its own label. */
import { element } from './elements.js';

// CSS that lays a table out in another way takes away what it is to a screen reader, unless its roles are said.

/** @param {...HTMLElement} cells */
export function rowOf(...cells) {
  return element('tr', { role: 'row' }, ...cells);
}

/**
 * @param {string} label
 * @param {...(Node | string)} content
 */
export function cellOf(label, ...content) {
  const cell = element('td', { role: 'cell' }, ...content);
  cell.setAttribute('data-label', label);
  return cell;
}
