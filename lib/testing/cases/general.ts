import { type CaseRow, NEEDS } from '../case-row.js';
import { expectStatus, isSuccess } from '../expectations.js';
import { Mismatch } from '../mismatch.js';
import type { FieldLines } from '../types.js';

const FALSE_CONDITIONS: readonly FieldLines[] = [
  [['If-Match', '"no-such-tag"']],
  [['If-None-Match', '*']],
  [['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT']],
];

/** What holds of a resource besides what its conditions say. */
export const GENERAL: readonly CaseRow[] = [
  {
    id: 'validators.etag',
    title: 'the resource has an ETag that is one entity tag, as strong as claimed',
    requirements: ['R-8.8.3.1-a', 'R-8.8.3-k'],
    level: 'should',
    features: [],
    needs: [NEEDS.etag],
    cause:
      'the quotes are missing (they are part of the tag), or the tag is weak: Express makes weak ones by default',
    async check(stage) {
      const known = await stage.read();
      if (known.isWeak !== (stage.target.etag === 'weak'))
        throw new Mismatch(known.answer, `a ${stage.target.etag} ETag`);
    },
  },
  {
    id: 'validators.stable',
    title: 'two answers have the same validators while nothing changes',
    requirements: ['R-8.8.1-a'],
    level: 'should',
    features: [],
    needs: [NEEDS.etag],
    cause: 'the content has a clock or a random number in it, and the tag is its hash',
    async check(stage) {
      const [first, second] = [await stage.read(), await stage.read()];
      if (first.etag !== second.etag)
        throw new Mismatch(second.answer, `ETag: ${first.etag}, as a moment ago`);
    },
  },
  {
    id: 'validators.last-modified',
    title: 'Last-Modified is an IMF-fixdate, and not after Date',
    requirements: ['R-5.6.7-e', 'R-8.8.2.1-c'],
    level: 'must',
    features: [],
    needs: [NEEDS.lastModified],
    cause: 'another format, or a clock that is ahead',
    async check(stage) {
      const known = await stage.read();
      const { answer } = known;
      if (answer.field('Last-Modified') !== known.date())
        throw new Mismatch(answer, `Last-Modified: ${known.date()}`);
      if (!(Date.parse(known.date()) <= Date.parse(answer.field('Date') ?? '')))
        throw new Mismatch(answer, 'a Last-Modified up to Date');
    },
  },
  {
    id: 'options.ignored',
    title: 'OPTIONS ignores conditions',
    requirements: ['R-13.2.1-h'],
    level: 'must',
    features: [],
    needs: [],
    cause:
      'every method but GET and HEAD is taken for a write; a preflight is then refused, and with it the request behind it',
    async check(stage) {
      const { path } = stage.target;
      const { status } = await stage.send('OPTIONS', path);
      for (const fields of FALSE_CONDITIONS) expectStatus(await stage.send('OPTIONS', path, fields), status);
    },
  },
  {
    id: 'absent.not-found',
    title: 'GET of what does not exist is 404, whatever its conditions',
    requirements: ['R-13.2.1-c', 'R-13.2.1-b'],
    level: 'must',
    features: [],
    needs: [NEEDS.absentPath],
    cause:
      'conditions are evaluated before it is known whether there is anything, or the 404 has a tag of its own',
    async check(stage) {
      const path = stage.target.absentPath ?? '';
      const absent = await stage.send('GET', path);
      if (isSuccess(absent)) throw new Mismatch(absent, '404 (Not Found) at the path where nothing is');
      const conditions: FieldLines[] = [
        [['If-None-Match', '*']],
        [['If-Match', '*']],
        [['If-Match', '"x"']],
        [['If-None-Match', absent.field('ETag') ?? '"x"']],
      ];
      for (const fields of conditions) expectStatus(await stage.send('GET', path, fields), absent.status);
    },
  },
  {
    id: 'credentials.first',
    title: 'without credentials the answer is the same, whatever the conditions',
    requirements: ['R-13.2.1-a', 'R-13.2.1-b'],
    level: 'must',
    features: [],
    needs: [NEEDS.credentials, NEEDS.privateReads, NEEDS.etag],
    cause:
      'conditions are evaluated before authentication: 304 and 412 then tell anybody which version is current',
    async check(stage) {
      const { path } = stage.target;
      const { etag } = await stage.read();
      const { status } = await stage.sendUnauthenticated('GET', path);
      if (status === 200)
        throw new Mismatch(
          undefined,
          'an answer other than 200 without credentials, or `publicReads` among what the target has',
          'it is public',
        );
      const conditions: FieldLines[] = [...FALSE_CONDITIONS, [['If-None-Match', etag]]];
      for (const fields of conditions)
        expectStatus(await stage.sendUnauthenticated('GET', path, fields), status);
    },
  },
];

/** The answer to a false condition. */
export const REFUSAL: readonly CaseRow[] = [
  {
    id: '412.explained',
    title: 'a 412 says in its content what went wrong',
    requirements: ['R-15.5-a'],
    level: 'should',
    features: ['If-Match', '412'],
    needs: [NEEDS.etag],
    cause: 'the status is sent alone',
    async check(stage) {
      const { other } = await stage.read();
      const answer = await stage.send('GET', stage.target.path, [['If-Match', other]]);
      expectStatus(answer, 412);
      if (answer.body.length === 0) throw new Mismatch(answer, 'content that explains the 412');
    },
  },
  {
    id: '412.not-cached',
    title: 'a 412 does not have the lifetime of the 200',
    requirements: ['R-15.5.13-b'],
    level: 'may',
    features: ['If-Match', '412'],
    needs: [NEEDS.etag],
    cause:
      'Cache-Control was set for the 200 before the condition was evaluated, so that caches keep the 412',
    async check(stage) {
      const { other } = await stage.read();
      const answer = await stage.send('GET', stage.target.path, [['If-Match', other]]);
      expectStatus(answer, 412);
      const cacheControl = answer.field('Cache-Control') ?? '';
      if (/\b(max-age|s-maxage)="?0*[1-9]/i.test(cacheControl))
        throw new Mismatch(answer, 'no max-age and no s-maxage');
    },
  },
];
