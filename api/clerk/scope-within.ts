import { z } from 'zod';
import { covers, readScope, SCOPE_FORM } from '../../domain/clerks';
import { ApiError } from '../errors';

/** Of lists: an authority, a division, or the national desk. */
export const authorityFilter = z
  .string()
  .regex(SCOPE_FORM)
  .describe('only of this authority, or of those below this division');

/** The part of a scope that an authority or a division is. @throws ApiError if it is not one */
export function scopeWithin(scope: readonly string[], authority: string | undefined): readonly string[] {
  if (authority === undefined) return scope;
  const part = readScope(authority);
  if (part === undefined || !scope.some((entry) => covers(entry, part)))
    throw new ApiError('invalid', { issues: [{ path: 'query.authority', code: 'not_in_scope' }] });
  return [part];
}
