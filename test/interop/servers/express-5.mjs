import express from 'express';
import { CLAIMS, DOCUMENTED, targetOf } from '../lib/express-note.mjs';
import { versionOf } from '../lib/versions.mjs';

export const name = 'Express 5';
export const version = versionOf('express');
export const setup = 'a handler sets Last-Modified and calls `res.json`';
export const claims = CLAIMS;
export const documented = DOCUMENTED;
export const target = targetOf(express);
