/** What the recipes do not show: the guard `never`, and a store that throws. */
import { describe, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import { preconditions, strong } from 'http-preconditions';
import request from 'supertest';
import { deleteUnderGuard, putUnderGuard } from '../../../examples/recipes/under-guard.js';
import { recordErrors } from '../../helpers/apps.js';

const mustNotWrite = (): never => {
  throw new Error('Something was written.');
};

function appWith(version: { etag: `"${string}"` } | null): { app: Express; errors: unknown[] } {
  const current = preconditions(() => version, { onMissing: 'perform' });
  const app = express();
  app.put('/', current, async (req, res) => {
    await putUnderGuard(req.precondition, res, {
      create: mustNotWrite,
      replace: mustNotWrite,
      replaceVersion: mustNotWrite,
    });
  });
  app.delete('/', current, async (req, res) => {
    await deleteUnderGuard(req.precondition, res, { remove: mustNotWrite, removeVersion: mustNotWrite });
  });
  return { app, errors: recordErrors(app) };
}

describe.each(['put', 'delete'] as const)('Under the guard, %s', (method) => {
  test('writes nothing where If-Match was given and nothing is, and answers 404', async () => {
    const { app, errors } = appWith(null);
    expect((await request(app)[method]('/').set('If-Match', '"1"')).status).toBe(404);
    expect(errors).toEqual([]);
  });

  test.each([{}, { 'If-Match': '"1"' }, { 'If-Match': '*' }])(
    'with %j, leaves an error of the store to Express',
    async (fields) => {
      const { app, errors } = appWith({ etag: strong(1) });
      expect((await request(app)[method]('/').set(fields)).status).toBe(500);
      expect(errors).toEqual([new Error('Something was written.')]);
    },
  );
});
