/** What the tests with Google's client share: the API, served; the client; and short words for calls. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { CalendarStore } from '../../../../examples/calendar/store/types.js';
import { LUNCH, TEAM } from '../fixtures.js';
import { ADA_TOKEN, calendarWithUsers, serve, type Served } from '../serve.js';
import type { MakeStore } from '../stores.js';
import { type GoogleClient, googleClient, type GoogleError } from './client.js';

export interface Event {
  readonly id: string;
  readonly etag: string;
  readonly status: string;
  readonly summary: string;
  readonly location?: string;
}

export interface List {
  readonly kind: string;
  readonly etag: string;
  readonly items: readonly Event[];
  readonly nextPageToken?: string;
  readonly nextSyncToken?: string;
}

export interface Entry {
  readonly etag: string;
  readonly summary: string;
  readonly colorId?: string;
}

export interface Harness {
  readonly google: GoogleClient;
  readonly origin: string;
  /** An event id that is new for each test. */
  readonly id: string;
  insert(id: string, fields?: object): Promise<Event>;
  get(id: string): Promise<Event>;
  list(parameters?: object): Promise<List>;
}

/** Parameters of a call that is about the team's calendar. */
export function inTeam(parameters: object = {}): object {
  return { calendarId: TEAM, ...parameters };
}

export function idsOf({ items }: List): string[] {
  return items.map(({ id }) => id);
}

export async function errorOf(call: Promise<unknown>): Promise<GoogleError> {
  try {
    await call;
  } catch (error) {
    return error as GoogleError;
  }
  throw new Error('Expected the call to be refused.');
}

/** Serves the API to the tests of a file. */
export function useGoogleClient(makeStore: MakeStore): Harness {
  let store: CalendarStore;
  let served: Served;
  let google: GoogleClient;
  let tests = 0;

  beforeAll(async () => {
    store = await makeStore();
    served = await serve((await calendarWithUsers({ store })).app);
    google = googleClient(`${served.origin}/`, ADA_TOKEN);
  });
  beforeEach(() => {
    tests += 1;
  });
  afterAll(async () => {
    await google.close();
    await served.close();
    await store.close();
  });

  return {
    get google() {
      return google;
    },
    get origin() {
      return served.origin;
    },
    get id() {
      return `event${tests}`;
    },
    async insert(id, fields = {}) {
      const parameters = inTeam({ requestBody: { id, ...LUNCH, ...fields } });
      return (await google.call<Event>('events.insert', parameters)).data;
    },
    async get(eventId) {
      return (await google.call<Event>('events.get', inTeam({ eventId }))).data;
    },
    async list(parameters = {}) {
      return (await google.call<List>('events.list', inTeam(parameters))).data;
    },
  };
}
