/** Calendars: insert, get, update, patch, delete. A calendar that a user makes is private. */
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { preconditions, type PreconditionsOptions } from 'http-preconditions';
import { access, calendarAccess, type CalendarParams, userAccess } from '../access.js';
import { userOf } from '../authentication.js';
import { duplicate, invalid } from '../errors.js';
import type { CalendarFields } from '../model.js';
import { calendarResource, calendarVersions } from '../resources/calendar.js';
import { checkBody, checkCalendarFields } from '../resources/fields.js';
import type { CalendarRow, CalendarStore } from '../store/types.js';
import { jsonContent, versionedResource } from './versioned-resource.js';

export function calendarRoutes(store: CalendarStore, policy: PreconditionsOptions): Router {
  const router = Router();
  const versions = calendarVersions(store);

  router.post('/calendars', userAccess, jsonContent, async (req, res) => {
    const id = `${randomUUID().replaceAll('-', '')}@group.calendar.example.test`;
    const fields = checkCalendarFields(checkBody(req.body));
    const result = await store.calendars.insert({ id, owner: userOf(req), public: false, fields });
    if (result.outcome !== 'written') throw duplicate();
    res.json(calendarResource(versions.versionOf(result.row)));
  });

  router.use(
    versionedResource<CalendarRow, CalendarFields, CalendarParams>({
      path: '/calendars/:calendarId',
      readers: calendarAccess(store, 'reader'),
      writers: calendarAccess(store, 'owner'),
      current: preconditions(versions, policy),
      versions,
      stored: (req) => {
        const { id, owner } = access.of(req).calendar;
        return {
          find: () => store.calendars.find(id),
          update: (fields, asserted) => store.calendars.update(id, fields, asserted),
          remove: (asserted) => {
            if (id === owner) throw invalid('calendarId', 'Cannot delete the primary calendar of a user.');
            return store.calendars.remove(id, asserted);
          },
        };
      },
      fieldsOf: (row) => row.fields,
      check: checkCalendarFields,
      show: calendarResource,
    }),
  );
  return router;
}
