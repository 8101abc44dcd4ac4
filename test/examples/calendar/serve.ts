/** The calendar API with Ada's and Bob's tokens, and with their calendars in a store. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { calendarApi, type CalendarApiOptions } from '../../../examples/calendar/app.js';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { ADA, addCalendars, BOB } from './fixtures.js';

export const ADA_TOKEN = 'ada-token';
export const BOB_TOKEN = 'bob-token';

export interface Calendar {
  readonly app: Express;
  readonly store: CalendarStore;
}

export async function calendarWithUsers({
  store,
  ...options
}: Omit<CalendarApiOptions, 'tokens'>): Promise<Calendar> {
  const timeZone = 'Europe/Zurich';
  for (const user of [ADA, BOB]) {
    await store.calendars.insert({
      id: user,
      owner: user,
      public: false,
      fields: { summary: user, timeZone },
    });
  }
  await addCalendars(store);
  const tokens = new Map([
    [ADA_TOKEN, ADA],
    [BOB_TOKEN, BOB],
  ]);
  return { app: calendarApi({ store, tokens, ...options }), store };
}

export interface Served {
  readonly origin: string;
  close(): Promise<void>;
}

export async function serve(app: Express): Promise<Served> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
