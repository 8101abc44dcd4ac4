// Which page an export is described on: that of the folder of `lib` that it comes from, where the folder is an entry point,
// whoever exports it besides. Pure.
import { sectionsOf } from './sections.mjs';

/** The items that are described on the page of `entry`. */
export function ownItems(entries, entry) {
  return entry.exported.filter((item) => pageOf(item, entries) === entry.name);
}

/** What links a name on the page of `here` to where it is described; `undefined` for a name that is nowhere. */
export function linksOn(entries, here) {
  const addresses = new Map();
  // A name can have several meanings; the last one counts: what is exported here, after what everything is made of.
  const named = (name) => entries.filter((entry) => entry.name === name);
  for (const { exported } of [...named('index'), ...named('core'), here]) {
    for (const item of exported) {
      const page = pageOf(item, entries);
      const anchor = anchorsOf(entries, page).get(item.name);
      addresses.set(item.name, page === here.name ? `#${anchor}` : `${page}.md#${anchor}`);
    }
  }
  return (name) => (addresses.has(name) ? `[\`${name}\`](${addresses.get(name)})` : undefined);
}

function pageOf({ path }, entries) {
  const folders = entries.map(({ name }) => name).filter((name) => name !== 'index');
  return folders.find((name) => path.includes(`/${name}/`)) ?? 'index';
}

/** As GitHub numbers headings that differ in their case alone: `conditionalClient` and `ConditionalClient`. */
function anchorsOf(entries, page) {
  const entry = entries.find(({ name }) => name === page);
  const anchors = new Map();
  const used = new Map();
  for (const name of sectionsOf(ownItems(entries, entry)).flatMap(({ names }) => names)) {
    const anchor = name.toLowerCase();
    const before = used.get(anchor) ?? 0;
    anchors.set(name, before === 0 ? anchor : `${anchor}-${before}`);
    used.set(anchor, before + 1);
  }
  return anchors;
}
