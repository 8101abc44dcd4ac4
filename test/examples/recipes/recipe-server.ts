/** Serves a recipe as a process of its own: RECIPE says which, STORE where its notes are. */
import express, { type Router } from 'express';
import Database from 'libsql';
import * as files from '../../../examples/recipes/files.js';
import * as sqlite from '../../../examples/recipes/sqlite.js';

const { RECIPE: recipe, STORE: store = '' } = process.env;

function router(): Router {
  if (recipe === 'files') return files.notes(store);
  const db = new Database(store, { timeout: 5000 });
  db.exec(sqlite.SCHEMA);
  return sqlite.notes(db);
}

const server = express()
  .use('/notes', router())
  .listen(0, '127.0.0.1', () => {
    console.log('Listening on', server.address());
  });
