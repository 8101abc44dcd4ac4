import { describe, expect, test } from '@jest/globals';
import type { Express, Request } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { ResourceVersion } from '../../lib/index.js';
import { ask } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';
import { MOUNTS } from './mounts.cases.js';

/** Targets that Express takes for the same resource, and the parameter that it makes of them. */
const TARGETS: readonly [target: string, id: string][] = [
  ['/notes/1', '1'],
  ['/notes/1/', '1'],
  ['/Notes/1', '1'],
  ['/notes/%31', '1'],
  ['/notes/1?a=b', '1'],
  ['/notes/a%2Fb', 'a/b'],
  ['/notes/%C3%A9', 'é'],
  ['http://localhost/notes/1', '1'],
];

describe.each(EXPRESS_VERSIONS)('the middleware mounted in the ways of $name', ({ express }) => {
  describe.each(MOUNTS)('$how', ({ mount }) => {
    /** An app whose provider notes which parameters it was asked with. */
    function mounted(): { app: Express; asked: unknown[]; handled: () => number } {
      const asked: unknown[] = [];
      let handled = 0;
      const provider = (req: Request): ResourceVersion => {
        asked.push(req.params['id']);
        return { etag: strong('1') };
      };
      const app = mount(express, preconditions(provider), (_req, res) => {
        handled += 1;
        res.json({});
      });
      return { app, asked, handled: () => handled };
    }

    test.each(TARGETS)('asks the provider once, with its parameters, and decides: %s', async (target, id) => {
      const { app, asked, handled } = mounted();
      expect((await ask(app, [`GET ${target}`, 'If-None-Match: "1"'])).status).toBe(304);
      expect((await ask(app, [`PUT ${target}`, 'If-Match: "0"'])).status).toBe(412);
      expect(handled()).toBe(0);
      const read = await ask(app, [`GET ${target}`, 'If-None-Match: "0"']);
      const write = await ask(app, [`PUT ${target}`, 'If-Match: "1"']);
      expect([read.status, fieldOf(read, 'ETag'), write.status, fieldOf(write, 'ETag')]).toEqual([
        200,
        '"1"',
        200,
        undefined,
      ]);
      expect([handled(), asked]).toEqual([2, [id, id, id, id]]);
    });

    test.each(['/notes/%', '/notes/%ff'])(
      'does not ask for a path that cannot be decoded: %s',
      async (target) => {
        const { app, asked, handled } = mounted();
        const response = await ask(app, [`PUT ${target}`, 'If-Match: "1"']);
        expect([response.status, asked, handled()]).toEqual([400, [], 0]);
      },
    );

    test('does not ask for a path that is none of its own', async () => {
      const { app, asked } = mounted();
      const response = await ask(app, ['PUT /notes', 'If-Match: "0"']);
      expect([response.status, asked]).toEqual([404, []]);
    });
  });
});
