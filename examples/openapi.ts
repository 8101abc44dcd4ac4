/**
 * Adds to the operations of an OpenAPI 3.1 description what `preconditions(…)` adds to the routes: the conditions as parameters, the
 * ETag of responses, and the answers 304, 400, 412 and 428. Copy it; it depends on nothing.
 *
 *     const description = {
 *       openapi: '3.1.0',
 *       paths: { '/notes/{id}': { get: conditional('get', get), put: conditional('put', put, { required: true }) } },
 *       components: { schemas: { Note }, ...conditionalComponents },
 *       …
 *     };
 */

/** What is looked at of an operation and its responses; anything else stays as it is. */
export interface Operation {
  readonly parameters?: readonly object[];
  readonly responses?: Readonly<Record<string, object>>;
}

/** What the route says in its options, and what its handler does. */
export interface Conditions {
  /** As the option `required`: without a condition the answer is 428. */
  readonly required?: boolean;
  /** As the option `malformed`: 400 for a field that cannot be parsed. */
  readonly malformed?: 400 | 412;
  /** The handler creates what does not exist. */
  readonly creates?: boolean;
  /** The handler announces the new version: `req.precondition.updated(…)`. */
  readonly updated?: boolean;
}

export type Method = 'get' | 'head' | 'put' | 'patch' | 'delete' | 'post';

/** A response that the operation has itself stays, also where there is one to be added under its status. */
export function conditional<O extends Operation>(
  method: Method,
  operation: O,
  { required = false, malformed = 412, creates = false, updated = false }: Conditions = {},
): O & Required<Operation> {
  const isRead = method === 'get' || method === 'head';
  const parameters = [
    ...(isRead ? [] : [ref('parameters', 'IfMatch')]),
    ...(isRead || creates ? [ref('parameters', isRead ? 'IfNoneMatch' : 'IfNoneMatchAny')] : []),
  ];
  const responses = {
    ...(isRead && { 304: ref('responses', 'NotModified') }),
    ...(malformed === 400 && { 400: ref('responses', 'PreconditionMalformed') }),
    412: ref('responses', 'PreconditionFailed'),
    ...(required && !isRead && { 428: ref('responses', 'PreconditionRequired') }),
  };
  const own = Object.entries(operation.responses ?? {}).map(([status, response]) => [
    status,
    (isRead || updated) && status.startsWith('2') ? withEtag(response, status) : response,
  ]);
  return {
    ...operation,
    parameters: [...(operation.parameters ?? []), ...parameters],
    responses: { ...responses, ...Object.fromEntries(own) },
  };
}

function ref(kind: keyof typeof conditionalComponents, name: string): { $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}

function withEtag(response: { readonly headers?: object; readonly $ref?: string }, status: string): object {
  if (response.$ref !== undefined) {
    throw new Error(
      `Expected the response ${status} itself, received a $ref, ${response.$ref}: OpenAPI ignores what stands beside it, and so the ETag.`,
    );
  }
  return { ...response, headers: { ...response.headers, ETag: ref('headers', 'ETag') } };
}

const field = (name: string, description: string, example: string): object => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
  example,
});

const problem = (description: string, ...codes: readonly string[]): object => ({
  description,
  headers: { 'Cache-Control': { schema: { const: 'no-store' } } },
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/PreconditionProblem' },
          { properties: { code: { enum: codes } } },
        ],
      },
    },
  },
});

/** To be merged into `components`. */
export const conditionalComponents: Readonly<
  Record<'parameters' | 'headers' | 'responses' | 'schemas', Readonly<Record<string, object>>>
> = {
  parameters: {
    IfMatch: field(
      'If-Match',
      'The ETag of the version that you have seen, or * for whatever is there.',
      '"7"',
    ),
    IfNoneMatch: field('If-None-Match', 'The ETag of the version that you have.', '"7"'),
    IfNoneMatchAny: field('If-None-Match', '*, to create and to replace nothing.', '*'),
  },
  headers: {
    ETag: { description: 'The version.', schema: { type: 'string' }, example: '"7"' },
  },
  responses: {
    NotModified: {
      description: 'You have the current version.',
      headers: { ETag: { $ref: '#/components/headers/ETag' } },
    },
    PreconditionMalformed: problem('A condition cannot be parsed.', 'ERR_PRECONDITION_MALFORMED'),
    PreconditionFailed: problem(
      'A condition is false, and nothing was done: get the resource again.',
      'ERR_PRECONDITION_FAILED',
      'ERR_PRECONDITION_MALFORMED',
    ),
    PreconditionRequired: problem('A condition is required.', 'ERR_PRECONDITION_REQUIRED'),
  },
  schemas: {
    PreconditionProblem: {
      description: 'Problem details (RFC 9457).',
      type: 'object',
      required: ['type', 'title', 'status', 'detail', 'code', 'reason'],
      properties: {
        type: { const: 'about:blank' },
        title: { enum: ['Bad Request', 'Precondition Failed', 'Precondition Required'] },
        status: { enum: [400, 412, 428] },
        detail: { type: 'string' },
        code: { type: 'string' },
        field: {
          description: 'The field that decided.',
          enum: ['If-Match', 'If-None-Match', 'If-Unmodified-Since'],
        },
        reason: { description: 'Why, in a word, such as no-match.', type: 'string' },
      },
    },
  },
};
