import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { parseEntityTag } from '../../lib/core/index.js';
import { strong, weak } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { serve } from './fixtures.js';
import { BAD_TAGS, GOOD_TAGS } from './tags.cases.js';

type OpaqueTag = Parameters<typeof strong>[0];

describe.each(GOOD_TAGS)('$title', (row) => {
  test('becomes a strong tag', () => {
    expect(strong(row.opaqueTag)).toBe(row.strong);
  });

  test('becomes the same tag with the weakness mark', () => {
    expect(weak(row.opaqueTag)).toBe(`W/${row.strong}`);
  });

  test('is an entity tag to the parser', () => {
    expect(parseEntityTag(strong(row.opaqueTag))).toBe(row.strong);
    expect(parseEntityTag(weak(row.opaqueTag))).toBe(`W/${row.strong}`);
  });
});

describe.each([
  { name: 'strong', make: strong },
  { name: 'weak', make: weak },
])('$name()', ({ name, make }) => {
  test.each(BAD_TAGS)('refuses $title, and says what came and what to do', ({ opaqueTag, got, hint }) => {
    expect(() => make(opaqueTag as OpaqueTag)).toThrow(
      expect.objectContaining({
        code: 'ERR_ENTITY_TAG_SYNTAX',
        message: expect.stringContaining(got),
      }),
    );
    expect(() => make(opaqueTag as OpaqueTag)).toThrow(hint);
    expect(() => make(opaqueTag as OpaqueTag)).toThrow(`${name}() expected a`);
  });

  test('shows a long version cut, and of an object nothing but its kind', () => {
    expect(() => make(`${'x'.repeat(500)} `)).toThrow(/got "x{78}… \(string\)/);
    expect(() => make({ secret: 'x' } as unknown as OpaqueTag)).not.toThrow('secret');
  });
});

describe.each(EXPRESS_VERSIONS)('on $name', ({ express }) => {
  test('a strong tag arrives as it was made, and both conditions know it', async () => {
    const app = serve(() => ({ etag: strong('a,b') }), { express });
    await request(app).get('/a').expect(200).expect('ETag', '"a,b"');
    await request(app).get('/a').set('If-None-Match', '"x", "a,b"').expect(304);
    await request(app).put('/a').set('If-Match', '"a,b"').expect(200);
    await request(app).put('/a').set('If-Match', '"a", "b"').expect(412);
  });

  test('a weak tag serves retrieval and never a write', async () => {
    const app = serve(() => ({ etag: weak(7) }), { express });
    await request(app).get('/a').expect(200).expect('ETag', 'W/"7"');
    await request(app).get('/a').set('If-None-Match', 'W/"7"').expect(304);
    await request(app).put('/a').set('If-Match', 'W/"7"').expect(412);
  });

  test.each(['v1', 'W/v1', '*', '"a", "b"', ' "v1"', '"v1" '])(
    'R-8.8.3-k the etag %p of a provider is an error, and is neither sent nor compared',
    async (etag) => {
      const app = serve(() => ({ etag: etag as '"v1"' }), { express });
      const response = await request(app).get('/a').set('If-None-Match', '*').expect(500);
      expect(response.body).toMatchObject({ code: 'ERR_ENTITY_TAG_SYNTAX' });
      expect(response.headers['etag']).not.toBe(etag);
    },
  );

  test('a tag that cannot be made is an error of the request, and the handler does not run', async () => {
    const app = serve(() => ({ etag: strong('not a tag') }), { express });
    const response = await request(app).put('/a').set('If-Match', '*').expect(500);
    expect(response.body).toMatchObject({ code: 'ERR_ENTITY_TAG_SYNTAX' });
  });
});
