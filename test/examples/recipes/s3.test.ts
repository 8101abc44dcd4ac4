/**
 * Runs on the real SDK, but not on S3: s3-server.ts answers in its place. So this shows that the recipe asks for the right thing and
 * understands the answers, and not that S3 does what its documentation says.
 */
import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { afterAll, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { notes } from '../../../examples/recipes/s3.js';
import { recordErrors } from '../../helpers/apps.js';
import { describeRecipe } from './recipe-contract.js';
import { S3Server } from './s3-server.js';

// The SDK has something to say about the future of Node 20.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const server = new S3Server('bucket');
const clients: S3Client[] = [];

function connect(endpoint: string): S3Client {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new S3Client({ endpoint, region: 'eu-central-1', credentials, forcePathStyle: true });
  clients.push(client);
  return client;
}

let endpoint = '';

afterAll(() => {
  for (const client of clients) client.destroy();
  server.stop();
});

describeRecipe('S3', {
  keepsBytes: true,
  hashes: true,
  async open() {
    endpoint = await server.start();
    return [notes(connect(endpoint), 'bucket'), notes(connect(endpoint), 'bucket')];
  },
});

test('writes that were overtaken have been tried once more', () => {
  expect(server.conflicts).toBeGreaterThan(0);
});

test.each(['get', 'put', 'delete'] as const)(
  'a missing bucket is an error, and no missing note: %s',
  async (method) => {
    const app = express().use('/notes', notes(connect(endpoint), 'none'));
    const errors = recordErrors(app);
    const { status } = await request(app)[method]('/notes/1').set('If-None-Match', '*').send({ text: '' });
    expect(status).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ cause: expect.any(S3ServiceException) })]);
  },
);
