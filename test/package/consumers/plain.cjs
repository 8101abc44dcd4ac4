// A project in CommonJS.
const { run } = require('./scenario.cjs');

void run({
  express: require('express'),
  middleware: require('http-preconditions'),
  core: require('http-preconditions/core'),
  client: require('http-preconditions/client'),
  testing: require('http-preconditions/testing'),
});
