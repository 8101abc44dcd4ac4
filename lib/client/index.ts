/**
 * The client's half of HTTP preconditions, for Node and browsers: remember which version was seen, get it again only if it has
 * changed, change it only if nobody else has.
 */
export { conditionalClient } from './client.js';
export { modify } from './modify.js';
export { watch } from './watch.js';
export { rememberMembers } from './members.js';
export { memoryStore } from './memory-store.js';
export { webStorageStore } from './web-storage-store.js';
export type { WebStorage } from './web-storage-store.js';
export { parseCopy, serializeCopy } from './copy.js';
export type { Copy, CopyStore } from './copy.js';
export { UNCHANGED } from './types.js';
export type {
  ClientOptions,
  ConditionalClient,
  HeadersLike,
  ListMember,
  Modified,
  ModifyOptions,
  PutOptions,
  RememberMembers,
  RequestOptions,
  WatchOptions,
  WriteOptions,
} from './types.js';
export type { Retrieved, Written } from './results.js';
export {
  ClientError,
  GaveUpError,
  isClientError,
  isGaveUpError,
  isNetworkError,
  isOutcomeUnknownError,
  isPreconditionFailedError,
  isPreconditionRequiredError,
  isResponseError,
  isWeakTagError,
  NetworkError,
  OutcomeUnknownError,
  PreconditionFailedError,
  PreconditionRequiredError,
  ResponseError,
  WeakTagError,
} from './errors.js';
export type { ClientErrorCode } from './errors.js';
