// A project in ES modules.
import express from 'express';
import * as middleware from 'http-preconditions';
import * as client from 'http-preconditions/client';
import * as core from 'http-preconditions/core';
import * as testing from 'http-preconditions/testing';
import { run } from './scenario.cjs';

void run({ express, middleware, core, client, testing });
