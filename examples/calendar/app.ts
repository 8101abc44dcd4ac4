/** The calendar API as an Express app: who is calling, and from where, then the resources, then what went wrong. */
import express, { type Express, type RequestHandler } from 'express';
import { authenticate, type Tokens } from './authentication.js';
import { crossOrigin } from './cors.js';
import { answerError, answerUnknownPath } from './error-responses.js';
import { notFound } from './errors.js';
import { calendarListRoutes } from './routes/calendar-list.js';
import { calendarRoutes } from './routes/calendars.js';
import { eventRoutes } from './routes/events.js';
import { type ApiPolicy, preconditionsPolicy } from './routes/policy.js';
import type { CalendarStore } from './store/types.js';

export interface CalendarApiOptions extends Partial<ApiPolicy> {
  readonly store: CalendarStore;
  readonly tokens: Tokens;
}

export function calendarApi({ store, tokens, requireConditions = false }: CalendarApiOptions): Express {
  const policy = preconditionsPolicy({ requireConditions });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // Express would tag the answers to inserts and errors with a hash of their body
  app.use(
    '/calendar/v3',
    crossOrigin,
    authenticate(tokens),
    refuseNullCharacters,
    calendarListRoutes(store, policy),
    calendarRoutes(store, policy),
    eventRoutes(store, policy),
  );
  app.use(answerUnknownPath);
  // Express 5 brings the rejections of async handlers here as well.
  app.use(answerError);
  return app;
}

/** No id contains U+0000, and some databases refuse to be asked for one that does. */
const refuseNullCharacters: RequestHandler = (req, _res, next) =>
  next(req.path.includes('%00') ? notFound() : undefined);
