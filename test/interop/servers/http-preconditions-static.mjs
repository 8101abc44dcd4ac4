import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { featuresOf } from '../lib/claims.mjs';
import { FILE, FILE_TARGET, FOLDER, PATH } from '../lib/files.mjs';
import { fromStat, preconditions } from '../lib/kit.mjs';
import { ownVersion, versionOf } from '../lib/versions.mjs';

export const name = 'http-preconditions, express.static';
export const version = [ownVersion(), versionOf('express'), versionOf('send')].join(', ');
export const setup =
  '`preconditions(fromStat(…))` with the Cache-Control that express.static sends, in front of express.static';
export const claims = [
  {
    features: [
      'If-Match',
      'If-None-Match',
      'If-Modified-Since',
      'If-Unmodified-Since',
      'If-Range',
      '304',
      '412',
    ],
    says: 'every rule about preconditions that concerns an origin server, also in front of express.static',
    where: 'README, section "What is covered"',
  },
];

const app = express();
const headers = { 'Cache-Control': 'public, max-age=0' };
app.use(
  PATH,
  preconditions(
    fromStat(() => stat(join(FOLDER, FILE))),
    { headers },
  ),
);
app.use(express.static(FOLDER));

export const target = { ...FILE_TARGET, server: app, etag: 'weak', features: featuresOf(claims) };
