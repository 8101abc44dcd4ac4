import { cameInstead, expectedBy } from './came-instead.mjs';
import { caseOf } from './fold.mjs';
import { conformance } from './kit.mjs';

const TIMEOUT_MS = 2000;

/** Runs every case that applies to a server, and gives the result as data: nothing in it differs from one run to the next. */
export async function examine({ name, version, setup, claims, documented = {}, target, withTarget }) {
  const lend = withTarget ?? ((use) => use(target));
  return lend(async (lent) => {
    const cases = conformance({ timeout: TIMEOUT_MS, ...lent });
    const applying = cases.filter(({ applies }) => applies);
    const failures = [];
    for (const row of applying) failures.push(...(await failureOf(row, documented)));
    assertNoneLeft(name, documented, failures);
    const methods = ['GET', 'HEAD', ...(lent.writes?.methods ?? [])].join(', ');
    return {
      name,
      version,
      setup,
      claims,
      methods,
      cases: cases.length,
      applying: applying.length,
      failures,
    };
  });
}

async function failureOf({ id, title, level, requirements, run }, documented) {
  try {
    await run();
    return [];
  } catch (error) {
    const failure = { id, title, level, requirements, expected: expectedBy(error), came: cameInstead(error) };
    const note = documented[caseOf(id)];
    return [note === undefined ? failure : { ...failure, documented: note }];
  }
}

/** What is no longer so must not be told of a server. */
function assertNoneLeft(name, documented, failures) {
  const left = Object.keys(documented).filter((id) => !failures.some((failure) => caseOf(failure.id) === id));
  if (left.length > 0)
    throw new Error(`${name} passes ${left.join(', ')}, of which \`documented\` says otherwise.`);
}
