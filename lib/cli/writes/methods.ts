import { isBoolean, isString, type Members } from './members.js';

/** The methods that there are cases for. */
export const METHODS: readonly string[] = ['PUT', 'PATCH', 'DELETE', 'POST'];

/** What a file says in the same way, whatever its form. */
export interface Common {
  readonly methods: readonly string[];
  readonly putCreates: boolean;
  readonly required: boolean | 'tag';
}

export const COMMON: readonly string[] = ['methods', 'putCreates', 'required'];

export function commonOf(members: Members): Common {
  const expected = `a list of some of ${METHODS.join(', ')}, the methods that change a resource at its own path`;
  return {
    methods: members.required('methods', expected, isMethods),
    putCreates: members.optional('putCreates', TRUE_OR_FALSE, isBoolean) ?? false,
    required: members.optional('required', 'true, false or "tag"', isRequired) ?? false,
  };
}

export const TRUE_OR_FALSE = 'true or false';

function isRequired(value: unknown): value is Common['required'] {
  return isBoolean(value) || value === 'tag';
}

function isMethod(value: unknown): value is string {
  return isString(value) && METHODS.includes(value);
}

function isMethods(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isMethod);
}
