/** The calendars in the caller's own list: list, insert; get, update, patch, delete. */
import { Router } from 'express';
import { preconditions, type PreconditionsOptions } from 'http-preconditions';
import { calendarIdOf, type CalendarParams, userAccess, visibleCalendar } from '../access.js';
import { userOf } from '../authentication.js';
import { record, text } from '../checks.js';
import { duplicate, notFound } from '../errors.js';
import type { EntrySettings } from '../model.js';
import { calendarListResource, calendarListVersions } from '../resources/calendar-list.js';
import { entryResource, entryVersions } from '../resources/calendar-list-entry.js';
import { checkBody, checkEntrySettings } from '../resources/fields.js';
import type { CalendarStore, EntryRow } from '../store/types.js';
import { jsonContent, versionedResource } from './versioned-resource.js';

const LIST = '/users/me/calendarList';

const checkCalendarId = record<{ id: string }>({ id: { required: text(254, 1) } });

export function calendarListRoutes(store: CalendarStore, policy: PreconditionsOptions): Router {
  const router = Router();
  const versions = entryVersions(store);
  const list = preconditions(calendarListVersions(store, versions), policy);

  router.get(LIST, userAccess, list, (req, res) => {
    const { version } = list.of(req);
    if (!version) throw notFound();
    res.json(calendarListResource(version));
  });

  // No preconditions, as for events.
  router.post(LIST, userAccess, jsonContent, async (req, res) => {
    const user = userOf(req);
    const body = checkBody(req.body);
    const id = calendarIdOf(checkCalendarId(body, '').id, user);
    const settings = checkEntrySettings(body, '');
    if ((await visibleCalendar(store, id, user)) === undefined) throw notFound();
    const result = await store.entries.insert(user, id, settings);
    if (result.outcome !== 'written') throw result.outcome === 'duplicate' ? duplicate() : notFound();
    res.json(entryResource(versions.versionOf(result.row), user));
  });

  router.use(
    versionedResource<EntryRow, EntrySettings, CalendarParams>({
      path: `${LIST}/:calendarId`,
      readers: userAccess,
      writers: userAccess,
      current: preconditions(versions, policy),
      versions,
      stored: (req) => {
        const user = userOf(req);
        const id = calendarIdOf(req.params.calendarId, user);
        return {
          find: () => store.entries.find(user, id),
          update: (settings, asserted) => store.entries.update(user, id, settings, asserted),
          remove: (asserted) => store.entries.remove(user, id, asserted),
        };
      },
      fieldsOf: (row) => row.settings,
      check: (body) => checkEntrySettings(body, ''),
      show: (version, req) => entryResource(version, userOf(req)),
    }),
  );
  return router;
}
