import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { EntityTag } from '../../lib/core/index.js';
import {
  evaluate,
  formatEntityTag,
  isWeak,
  opaqueTag,
  parseEntityTag,
  parseEntityTagList,
  strongMatch,
  weakMatch,
} from '../../lib/core/index.js';
import {
  anyRequests,
  currents,
  entityTags,
  hostileTexts,
  notEtagc,
  opaqueTags,
  policies,
  requests,
  RUNS,
  validators,
  whiteSpaces,
} from './arbitraries.js';
import { NOW } from './fixtures.js';
import { readList, referenceVerdict, verdictOf } from './reference-evaluator.js';

beforeAll(() => fc.configureGlobal({ numRuns: RUNS }));

const tagLists = fc.array(entityTags, { maxLength: 5 });
const writes = requests.map((request) => ({ ...request, method: 'PUT' }));

describe('entity tags', () => {
  test('R-8.8.3-a what was formatted is parsed as it is, and taken apart again', () => {
    const law = fc.property(opaqueTags, fc.constantFrom('strong', 'weak'), (opaque, weakness) => {
      const tag = formatEntityTag(opaque, weakness);
      return (
        tag !== undefined &&
        parseEntityTag(tag) === tag &&
        opaqueTag(tag) === opaque &&
        isWeak(tag) === (weakness === 'weak')
      );
    });
    fc.assert(law);
  });

  test('R-8.8.3-b one character that is not allowed makes it no tag', () => {
    const law = fc.property(opaqueTags, notEtagc, opaqueTags, (before, character, after) => {
      const opaque = before + character + after;
      return formatEntityTag(opaque) === undefined && parseEntityTagList(`"${opaque}"`) === undefined;
    });
    fc.assert(law);
  });

  test('R-8.8.3.2-a a strong match is a weak match', () => {
    fc.assert(fc.property(entityTags, entityTags, (a, b) => !strongMatch(a, b) || weakMatch(a, b)));
  });

  test('R-8.8.3.2-a a tag matches itself: strongly unless it is weak, weakly always', () => {
    fc.assert(fc.property(entityTags, (tag) => strongMatch(tag, tag) !== isWeak(tag) && weakMatch(tag, tag)));
  });

  test('R-8.8.3.2-b a weak match looks at the opaque tags alone', () => {
    fc.assert(
      fc.property(entityTags, entityTags, (a, b) => weakMatch(a, b) === (opaqueTag(a) === opaqueTag(b))),
    );
  });

  test('R-8.8.3.2-b the weakness mark changes no weak match, and ends every strong one', () => {
    const law = fc.property(opaqueTags, entityTags, (opaque, other) => {
      const strong: EntityTag = `"${opaque}"`;
      const weak: EntityTag = `W/"${opaque}"`;
      return weakMatch(strong, other) === weakMatch(weak, other) && !strongMatch(weak, other);
    });
    fc.assert(law);
  });

  test('R-8.8.3.2-c both comparisons are symmetric', () => {
    const law = fc.property(
      entityTags,
      entityTags,
      (a, b) => strongMatch(a, b) === strongMatch(b, a) && weakMatch(a, b) === weakMatch(b, a),
    );
    fc.assert(law);
  });
});

describe('lists of entity tags', () => {
  test('R-13.1.1-c what was joined is parsed into the same tags', () => {
    fc.assert(
      fc.property(tagLists, (tags) => expect(parseEntityTagList(tags.join(', '))).toStrictEqual(tags)),
    );
  });

  test('R-5.6.1.2-a empty members and white space change nothing', () => {
    const separators = fc
      .array(whiteSpaces, { minLength: 2, maxLength: 4 })
      .map((spaces) => spaces.join(','));
    const edges = fc.array(whiteSpaces, { minLength: 1, maxLength: 3 }).map((spaces) => spaces.join(','));
    const law = fc.property(
      tagLists,
      fc.infiniteStream(separators),
      edges,
      edges,
      (tags, stream, start, end) => {
        const text = tags.reduce((list, tag) => `${list}${list === '' ? '' : stream.next().value}${tag}`, '');
        expect(parseEntityTagList(`${start}${text}${end}`)).toStrictEqual(tags);
      },
    );
    fc.assert(law);
  });

  test('R-5.2-a repeated lines are the one line that joins them', () => {
    const law = fc.property(fc.array(hostileTexts, { minLength: 1, maxLength: 4 }), (lines) => {
      expect(parseEntityTagList(lines)).toStrictEqual(parseEntityTagList(lines.join(', ')));
    });
    fc.assert(law);
  });

  test('R-5.6.1.2-a any text is the list, the wildcard or the rubbish that the grammar says it is', () => {
    const law = fc.property(hostileTexts, (text) => {
      const read = readList(text);
      expect(parseEntityTagList(text)).toStrictEqual(read === 'malformed' ? undefined : read);
    });
    fc.assert(law);
  });

  test('R-8.8.3-k a single tag is a list of it, and nothing else is a single tag', () => {
    const law = fc.property(hostileTexts, (text) => {
      const tag = parseEntityTag(text);
      const list = parseEntityTagList(text);
      return tag === undefined || (Array.isArray(list) && list.length === 1 && list[0] === tag);
    });
    fc.assert(law);
  });
});

describe('decisions', () => {
  test('R-13.2.2-a are those of the literal text', () => {
    const law = fc.property(requests, currents, policies, (request, current, policy) => {
      expect(verdictOf(evaluate(request, current, policy))).toStrictEqual(
        referenceVerdict(request, current, policy),
      );
    });
    fc.assert(law);
  });

  test('R-2.4-a come to every request, whatever it carries', () => {
    const law = fc.property(anyRequests, currents, policies, (request, current, policy) => {
      expect(['perform', 'not-modified', 'failed']).toContain(evaluate(request, current, policy).outcome);
    });
    fc.assert(law);
  });

  test('R-13.2.2-a depend on nothing but the arguments, and leave them as they are', () => {
    const law = fc.property(requests, currents, policies, (request, current, policy) => {
      const [first, second] = [1, 2].map(() =>
        evaluate(Object.freeze(request), Object.freeze(current), Object.freeze(policy)),
      );
      expect(first).toStrictEqual(second);
    });
    fc.assert(law);
  });

  test('R-5.6.1.2-a stay the same with white space and empty members around the tags', () => {
    const law = fc.property(tagLists, validators, whiteSpaces, (tags, current, space) => {
      const decide = (ifMatch: string): unknown => evaluate({ method: 'PUT', now: NOW, ifMatch }, current);
      expect(decide(`,${space}${tags.join(`${space},${space},`)}${space},`)).toStrictEqual(
        decide(tags.join(',')),
      );
    });
    fc.assert(law);
  });

  test('R-13.1.1-c an additional tag never makes a true If-Match false', () => {
    const law = fc.property(
      tagLists,
      entityTags,
      fc.nat(5),
      validators,
      policies,
      (tags, extra, at, current, policy) => {
        const passes = (list: readonly EntityTag[]): boolean =>
          evaluate({ method: 'PUT', now: NOW, ifMatch: list.join(', ') }, current, policy).outcome ===
          'perform';
        return !passes(tags) || passes(tags.toSpliced(at, 0, extra));
      },
    );
    fc.assert(law);
  });

  test('R-13.1.2-c an additional tag never makes a false If-None-Match true', () => {
    const law = fc.property(tagLists, entityTags, fc.nat(5), validators, (tags, extra, at, current) => {
      const passes = (list: readonly EntityTag[]): boolean =>
        evaluate({ method: 'GET', now: NOW, ifNoneMatch: list.join(', ') }, current).outcome === 'perform';
      return passes(tags) || !passes(tags.toSpliced(at, 0, extra));
    });
    fc.assert(law);
  });

  test('R-13.1.1-d one octet that no tag may contain makes every If-Match false', () => {
    const law = fc.property(
      tagLists,
      opaqueTags,
      notEtagc,
      fc.nat(5),
      validators,
      policies,
      (tags, opaque, octet, at, current, policy) => {
        const ifMatch = tags.toSpliced(at, 0, `"${opaque}${octet}"`).join(', ');
        const decision = evaluate({ method: 'PUT', now: NOW, ifMatch }, current, policy);
        return decision.outcome === 'failed' && decision.reason === 'malformed';
      },
    );
    fc.assert(law);
  });

  test('R-15.4.5-a are 304 for reads alone', () => {
    fc.assert(
      fc.property(writes, currents, policies, (...args) => evaluate(...args).outcome !== 'not-modified'),
    );
  });

  test('R-13.2.1-c are to perform a read of nothing', () => {
    const reads = requests.map((request) => ({ ...request, method: 'GET' }));
    fc.assert(
      fc.property(
        reads,
        policies,
        (request, policy) => evaluate(request, null, policy).outcome === 'perform',
      ),
    );
  });

  test('R-13.2.1-m never guard an existing representation as absent, nor a missing one as existing', () => {
    const law = fc.property(writes, currents, policies, (request, current, policy) => {
      const decision = evaluate(request, current, policy);
      if (decision.outcome !== 'perform') return true;
      const impossible = current === null ? ['version', 'exists'] : ['absent', 'never'];
      return !impossible.includes(decision.guard);
    });
    fc.assert(law);
  });

  test('R-13.2.1-m that need only an existing representation hold for every one', () => {
    const law = fc.property(writes, validators, validators, policies, (request, before, after, policy) => {
      const decision = evaluate(request, before, policy);
      const isGuarded = decision.outcome === 'perform' && decision.guard === 'exists';
      return !isGuarded || evaluate(request, after, policy).outcome === 'perform';
    });
    fc.assert(law);
  });
});
