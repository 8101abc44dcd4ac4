/** Finds out whether an API, a lock or a provider keeps its promises: plain cases, for any test runner. */
export { conformance } from './conformance.js';
export { ConformanceError, isConformanceError } from './conformance-error.js';
export { TargetError, targetOf } from './probe.js';
export type { ProbeOptions } from './probe.js';
export type {
  Answer,
  Api,
  ConformanceCase,
  Content,
  Feature,
  FieldLines,
  Level,
  Target,
  Writes,
} from './types.js';
export { lockContract } from './contracts/lock-contract.js';
export { providerContract } from './contracts/provider-contract.js';
export type { ProviderUnderTest } from './contracts/provider-contract.js';
export type { ContractCase } from './contracts/contract-case.js';
export {
  etagOf,
  ifMatch,
  ifNoneMatch,
  notModified,
  preconditionFailed,
  preconditionRequired,
} from './assertions.js';
export type { ResponseLike } from './assertions.js';
