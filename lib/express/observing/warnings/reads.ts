import { isWeak } from '../../../core/entity-tag.js';
import { isTagOf } from '../../response-fields.js';
import { routeOf } from '../route.js';
import { namesIn } from './names-in.js';
import { sendsRepresentation } from './notice.js';
import type { Answered, Notice } from './notice.js';
import { lackingFields } from './shared-fields.js';
import { twiceInARow } from './twice-in-a-row.js';

/** The provider has found nothing, and the handler has: once may be a change in between, twice is not. */
export function absentAnswered(): Notice<Answered> {
  const isRepeated = twiceInARow();
  return (answered) => {
    const { kind, exchange, version, name } = answered;
    if (kind !== 'read') return undefined;
    const isWrong = version === null && sendsRepresentation(answered);
    if (!isRepeated(routeOf(exchange.req), isWrong)) return undefined;
    return (
      `${name} was answered ${exchange.res.statusCode}, although its version provider had returned null: there is nothing. No read is ` +
      'answered 304 then, If-Match always fails, and If-None-Match: * lets a write replace what is there. Under app.use there are no ' +
      'route parameters (req.params): mount the middleware in the route, or read req.path. Let the provider return SKIP for what it ' +
      'knows nothing of.'
    );
  };
}

/**
 * The answer to a read has another ETag than that of the version. Once may be a change between provider and handler; twice for
 * the same route, with none that was right in between, is not.
 */
export function otherEtag(): Notice<Answered> {
  const isRepeated = twiceInARow();
  return (answered) => {
    const { exchange, version, settings, name } = answered;
    const sent = exchange.res.getHeader('ETag');
    if (!version || sent === undefined || !sendsRepresentation(answered)) return undefined;
    const isWrong = !isTagOf(sent, version, settings.contentCodings ?? []);
    if (!isRepeated(routeOf(exchange.req), isWrong)) return undefined;
    return (
      `${name} was answered with an ETag that its version provider does not know: it returned ` +
      `${version.etag === undefined ? 'none' : 'another'}. Clients send back what they were sent, so that ` +
      'If-None-Match never matches and If-Match always fails. Let the provider return the ETag, and leave the field to the middleware.'
    );
  };
}

/** A 200 has fields that were set behind the middleware, where no 304 comes by. */
export function fieldsNotOn304(answered: Answered): string | undefined {
  const { kind, exchange, version, of304, of200, name } = answered;
  const { res } = exchange;
  // Without them nobody asks whether the answer has changed.
  const hasValidators = res.hasHeader('ETag') || res.hasHeader('Last-Modified');
  if (kind !== 'read' || res.statusCode !== 200 || !version || !hasValidators) return undefined;
  const lacking = lackingFields(of304, of200);
  if (lacking.length === 0) return undefined;
  return (
    `${name} was answered 200 with ${lacking.join(', ')}, which its 304 lacks. A 304 repeats these fields of the 200 (RFC 9110, ` +
    'section 15.4.5), since caches keep by them what they have. Name them in the option `headers` or in the `headers` of the version, ' +
    'or set them in a middleware before this one.'
  );
}

/** The same strong tag stands for what is sent in several codings. Only where the answer says that it has been negotiated. */
export function codedStrongTag(answered: Answered): string | undefined {
  const { exchange, version, settings, name } = answered;
  const { res } = exchange;
  const coding = namesIn(res.getHeader('Content-Encoding')).at(-1) ?? 'identity';
  const tag = version?.etag;
  if (!sendsRepresentation(answered) || coding === 'identity' || settings.contentCodings !== undefined)
    return undefined;
  if (tag === undefined || isWeak(tag) || res.getHeader('ETag') !== tag) return undefined;
  // A provider that knows of codings gives each a tag with its name.
  if (!namesIn(res.getHeader('Vary')).includes('accept-encoding') || tag.includes(coding)) return undefined;
  return (
    `${name} was answered in ${coding} under the strong ETag of what is not encoded. The bytes differ, so each coding needs a strong ` +
    'ETag of its own (RFC 9110, section 8.8.3.3), or parts of both are put together. Name the codings in the option ' +
    '`contentCodings`, or return a weak ETag where no client sends If-Match.'
  );
}
