/**
 * What the caller may do with the calendar that a request is about. Mounted before the preconditions: like 401, the
 * answers 403 and 404 come before 304 and 412.
 */
import type { Request, Response } from 'express';
import { caller, userOf } from './authentication.js';
import { forbidden, notFound, unauthorized } from './errors.js';
import { type RequestValue, requestValue } from './request-value.js';
import type { CalendarRow, CalendarStore } from './store/types.js';

export type Role = 'owner' | 'reader';

export interface Access {
  readonly calendar: CalendarRow;
  readonly role: Role;
  readonly user: string | undefined;
}

export interface CalendarParams {
  calendarId: string;
}

/** What calendarAccess() has found out. */
export const access: RequestValue<Access> = requestValue('calendarAccess()');

type AccessCheck<Params> = <P extends Params>(
  req: Request<P>,
  res: Response,
  next: (error?: unknown) => void,
) => void;

/** Lets any user pass. */
export const userAccess: AccessCheck<unknown> = (req, _res, next) => {
  userOf(req);
  next();
};

/** Lets those pass who have the role in the calendar that the path names. */
export function calendarAccess(store: CalendarStore, role: Role): AccessCheck<CalendarParams> {
  return function calendarAccessMiddleware(req, _res, next) {
    grant(store, req.params.calendarId, caller.of(req), role).then((granted) => {
      access.set(req, granted);
      next();
    }, next);
  };
}

async function grant(
  store: CalendarStore,
  id: string,
  user: string | undefined,
  needed: Role,
): Promise<Access> {
  const calendar = await visibleCalendar(store, calendarIdOf(id, user), user);
  if (calendar === undefined) throw user === undefined ? loginRequired() : notFound();
  const role = roleIn(calendar, user);
  if (needed === 'reader' || role === 'owner') return { calendar, role, user };
  throw user === undefined ? loginRequired() : forbidden('You need to have writer access to this calendar.');
}

/** A private calendar of somebody else looks like one that does not exist. */
export async function visibleCalendar(
  store: CalendarStore,
  id: string,
  user: string | undefined,
): Promise<CalendarRow | undefined> {
  const calendar = await store.calendars.find(id);
  return calendar !== undefined && (calendar.public || calendar.owner === user) ? calendar : undefined;
}

export function roleIn(calendar: CalendarRow, user: string | undefined): Role {
  return calendar.owner === user ? 'owner' : 'reader';
}

/** `primary` stands for the caller's own first calendar, whose id is the caller's address. */
export function calendarIdOf(id: string, user: string | undefined): string {
  return id === 'primary' && user !== undefined ? user : id;
}

function loginRequired(): Error {
  return unauthorized('Login Required.');
}
