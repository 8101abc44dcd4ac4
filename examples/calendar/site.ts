/** What the server serves: the page, and the API that it shows. */
import express, { type Express } from 'express';
import { calendarApi, type CalendarApiOptions } from './app.js';
import { answerError } from './error-responses.js';
import { calendarPage, type PageOptions } from './page.js';

export function calendarSite(options: CalendarApiOptions & PageOptions): Express {
  const site = express();
  site.disable('x-powered-by');
  site.disable('etag'); // the page's files have tags of their own
  site.use(calendarPage(options));
  site.use(calendarApi(options));
  site.use(answerError);
  return site;
}
