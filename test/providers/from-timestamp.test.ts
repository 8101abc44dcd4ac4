import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { fromTimestamp, preconditions } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { requestTo, serve } from './fixtures.js';

const MOMENT = new Date(Date.UTC(1994, 10, 15, 12, 45, 26, 900));
const T_MINUS_1 = 'Tue, 15 Nov 1994 12:45:25 GMT';
const T = 'Tue, 15 Nov 1994 12:45:26 GMT';

const at = (savedAt: Date): { savedAt: Date } => ({ savedAt });
const savedAtOf = (row: { savedAt: Date }): Date => row.savedAt;
const byTime = fromTimestamp(() => at(MOMENT), savedAtOf);
const byTrustedTime = fromTimestamp(() => at(MOMENT), savedAtOf, { strong: true });

describe('fromTimestamp', () => {
  test('R-8.8.3-j marks the tag weak by default, and the date too', () => {
    expect(byTime(requestTo('/a'))).toEqual({
      etag: `W/"${MOMENT.getTime()}"`,
      lastModified: MOMENT,
      lastModifiedIsWeak: true,
      resource: at(MOMENT),
    });
  });

  test('makes the tag strong where the app promises that no two changes share a millisecond', () => {
    expect(byTrustedTime(requestTo('/a'))).toMatchObject({ etag: `"${MOMENT.getTime()}"` });
  });

  test('R-8.8.2.2-b leaves the date weak all the same: a second has many milliseconds', () => {
    expect(byTrustedTime(requestTo('/a'))).toMatchObject({ lastModifiedIsWeak: true });
  });

  test.each([{ options: { strong: false } }, { options: { strong: undefined } }, { options: {} }])(
    'takes %p as weak',
    ({ options }) => {
      expect(fromTimestamp(() => at(MOMENT), savedAtOf, options).versionOf(at(MOMENT)).etag).toMatch(/^W\//);
    },
  );

  test('tells two changes within one second apart', () => {
    const later = new Date(MOMENT.getTime() + 1);
    expect(byTime.versionOf(at(later)).etag).not.toBe(byTime.versionOf(at(MOMENT)).etag);
  });

  test('takes dates from before 1970, and from another realm', () => {
    const foreign = runInNewContext('new Date(-1)') as Date;
    expect(foreign).not.toBeInstanceOf(Date);
    expect(byTime.versionOf(at(foreign)).etag).toBe('W/"-1"');
  });

  test.each([
    { title: 'an invalid date', savedAt: new Date(Number.NaN), got: '[object Date] (object)' },
    { title: 'a text', savedAt: '1994-11-15 12:45:26', got: '"1994-11-15 12:45:26" (string)' },
    { title: 'a number', savedAt: 784_903_526_900, got: '784903526900 (number)' },
    { title: 'null', savedAt: null, got: 'null' },
    { title: 'a missing column', savedAt: undefined, got: 'undefined' },
  ])('R-8.8.2.1-d makes no date out of $title, but says what came', ({ savedAt, got }) => {
    expect(() => byTime.versionOf(at(savedAt as Date))).toThrow(
      expect.objectContaining({ code: 'ERR_LAST_MODIFIED', message: expect.stringContaining(got) }),
    );
  });
});

describe.each(EXPRESS_VERSIONS)('On $name, fromTimestamp', ({ express }) => {
  test('R-8.8.2.1-a sends Last-Modified, R-5.6.7-n in whole seconds, beside the finer tag', async () => {
    const app = serve(byTime, { express });
    const response = await request(app).get('/a').expect(200).expect('Last-Modified', T);
    expect(response.headers['etag']).toBe(`W/"${MOMENT.getTime()}"`);
    await request(app).get('/a').set('If-Modified-Since', T).expect(304);
    await request(app).get('/a').set('If-Modified-Since', T_MINUS_1).expect(200);
    await request(app).get('/a').set('If-None-Match', response.headers['etag']!).expect(304);
  });

  test('serves If-Unmodified-Since on a write, and If-Match only when the tag is strong', async () => {
    const tag = String(MOMENT.getTime());
    const weakly = serve(byTime, { express });
    await request(weakly).put('/a').set('If-Unmodified-Since', T).expect(200);
    await request(weakly).put('/a').set('If-Unmodified-Since', T_MINUS_1).expect(412);
    await request(weakly).put('/a').set('If-Match', `W/"${tag}"`).expect(412);
    await request(weakly).put('/a').set('If-Match', `"${tag}"`).expect(412);
    await request(serve(byTrustedTime, { express })).put('/a').set('If-Match', `"${tag}"`).expect(200);
  });

  test('R-8.8.2.2-b lets no range be resumed by its date, but by a strong tag', async () => {
    const app = express();
    app.get('/file', preconditions(byTrustedTime), (_req, res) => {
      res.sendFile(__filename);
    });
    const fourOctets = { Range: 'bytes=0-3', 'If-Range': T };
    await request(app).get('/file').set(fourOctets).expect(200);
    await request(app)
      .get('/file')
      .set({ ...fourOctets, 'If-Range': `"${MOMENT.getTime()}"` })
      .expect(206);
  });
});
