/** Events: list, insert; get, update, patch, delete. */
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { preconditions, type PreconditionsOptions } from 'http-preconditions';
import { access, calendarAccess } from '../access.js';
import { userOf } from '../authentication.js';
import { record, textLike } from '../checks.js';
import { duplicate, notFound } from '../errors.js';
import type { EventFields } from '../model.js';
import { EVENT_ID, eventKey, type EventParams, eventResource, eventVersions } from '../resources/event.js';
import { eventListResource, eventListVersions } from '../resources/event-list.js';
import { checkBody, checkEventFields } from '../resources/fields.js';
import type { CalendarStore, EventRow } from '../store/types.js';
import { jsonContent, versionedResource } from './versioned-resource.js';

const LIST = '/calendars/:calendarId/events';
const ITEM = '/calendars/:calendarId/events/:eventId';

const eventId = textLike((id) => EVENT_ID.test(id), '5 to 1024 of the characters a-v and 0-9');
const checkIdFromClient = record<{ id?: string }>({ id: eventId });

export function eventRoutes(store: CalendarStore, policy: PreconditionsOptions): Router {
  const router = Router();
  const readers = calendarAccess(store, 'reader');
  const writers = calendarAccess(store, 'owner');
  const versions = eventVersions(store);
  const list = preconditions(eventListVersions(store), policy);

  router.get(LIST, readers, list, async (req, res) => {
    const { version } = list.of(req);
    if (!version) throw notFound();
    const { request, access: granted } = version.resource;
    const page = await store.events.list(granted.calendar.id, request.query);
    res.json(eventListResource(version, page, versions));
  });

  // No preconditions: whether the id is free is the only question, and the store answers it.
  router.post(LIST, writers, jsonContent, async (req, res) => {
    const body = checkBody(req.body);
    const { id = randomUUID().replaceAll('-', '') } = checkIdFromClient(body, '');
    const key = eventKey(access.of(req), id);
    const result = await store.events.insert(key, userOf(req), checkEventFields(body));
    if (result.outcome !== 'written') throw result.outcome === 'duplicate' ? duplicate() : notFound();
    res.json(eventResource(versions.versionOf(result.row)));
  });

  router.use(
    versionedResource<EventRow, EventFields, EventParams>({
      path: ITEM,
      readers,
      writers,
      current: preconditions(versions, policy),
      versions,
      stored: (req) => {
        const key = eventKey(access.of(req), req.params.eventId);
        return {
          find: () => store.events.find(key),
          update: (fields, asserted) => store.events.update(key, fields, asserted),
          remove: (asserted) => store.events.remove(key, asserted),
        };
      },
      fieldsOf: (row) => row.fields,
      check: checkEventFields,
      show: eventResource,
    }),
  );
  return router;
}
