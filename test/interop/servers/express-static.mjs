import express from 'express';
import { featuresOf } from '../lib/claims.mjs';
import { RELOAD } from '../lib/documented.mjs';
import { FILE_TARGET, FOLDER } from '../lib/files.mjs';
import { versionOf } from '../lib/versions.mjs';

export const name = 'express.static';
export const version = `${versionOf('express')}, ${versionOf('send')}`;
export const setup = 'a file, without options';
export const claims = [
  {
    features: ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', '304', '412'],
    says: 'conditional GET by If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since, and ranges',
    where: 'README of send, which express.static and `res.sendFile` use',
  },
  { features: ['If-Range'], says: 'support for If-Range since 0.3.0', where: 'history of send' },
];

export const documented = { 'if-none-match.no-cache': RELOAD };

const app = express();
app.set('env', 'test'); // or Express prints every 412 as an error
app.use(express.static(FOLDER));

export const target = { ...FILE_TARGET, server: app, etag: 'weak', features: featuresOf(claims) };
