/** A fresh calendar API for each test, with a private and a public event, and short words for requests to it. */
import { afterEach, beforeEach } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { fingerprint } from '../../../examples/calendar/resources/tokens.js';
import type { EventKey } from '../../../examples/calendar/store/types.js';
import { ADA, HOLIDAYS, LUNCH, TEAM } from './fixtures.js';
import { ADA_TOKEN, type Calendar, calendarWithUsers } from './serve.js';
import type { MakeStore } from './stores.js';

export const EVENTS: string = `/calendar/v3/calendars/${TEAM}/events`;
export const EVENT: string = `${EVENTS}/lunch`;
export const KEY: EventKey = { calendarId: TEAM, id: 'lunch' };
export const PUBLIC_EVENTS: string = `/calendar/v3/calendars/${HOLIDAYS}/events`;
export const PUBLIC_EVENT: string = `${PUBLIC_EVENTS}/newyear`;

/** The tag of an event in that version. */
export function eventTag(version: number, calendarId: string = TEAM): string {
  return `"${version}:${fingerprint(calendarId)}"`;
}

export type Method = 'get' | 'head' | 'put' | 'patch' | 'delete' | 'post';
export type Fields = Record<string, string>;

/** As Ada, with JSON: text is sent as it is. */
export function sendTo(
  app: Express,
  method: Method,
  path: string,
  fields: Fields = {},
  content?: object | string,
): request.Test {
  const client = request(app);
  const sent = client[method](path).set({ Authorization: `Bearer ${ADA_TOKEN}`, ...fields });
  return content === undefined ? sent : sent.type('json').send(content);
}

export interface CalendarUnderTest extends Calendar {
  /** As Ada. */
  send(method: Method, path: string, fields?: Fields, content?: object | string): request.Test;
  /** Without a token, if `fields` have none. */
  anonymously(method: Method, path: string, fields?: Fields): request.Test;
}

export function useCalendar(makeStore: MakeStore): CalendarUnderTest {
  let calendar: Calendar;

  beforeEach(async () => {
    calendar = await calendarWithUsers({ store: await makeStore() });
    await calendar.store.events.insert(KEY, ADA, LUNCH);
    await calendar.store.events.insert({ calendarId: HOLIDAYS, id: 'newyear' }, ADA, LUNCH);
  });
  afterEach(() => calendar.store.close());

  return {
    get app() {
      return calendar.app;
    },
    get store() {
      return calendar.store;
    },
    send: (method, path, fields, content) => sendTo(calendar.app, method, path, fields, content),
    anonymously: (method, path, fields = {}) => {
      const client = request(calendar.app);
      return client[method](path).set(fields);
    },
  };
}
