import { z } from 'zod';
import { NATIONAL } from '../../domain/clerks';
import { ApiError } from '../errors';

/** Of lists: an authority, a division, or the national desk. */
export const authorityFilter = z
  .string()
  .regex(/^(national|\d{2}|\d{4}|\d{6,12})$/)
  .describe('only of this authority, or of those below this division');

/** The part of a scope that an authority or a division is. @throws ApiError if it is not one */
export function scopeWithin(scope: readonly string[], authority: string | undefined): readonly string[] {
  if (authority === undefined) return scope;
  const isCovered = scope.some((entry) =>
    entry === NATIONAL || authority === NATIONAL ? entry === authority : authority.startsWith(entry),
  );
  if (!isCovered)
    throw new ApiError('invalid', { issues: [{ path: 'query.authority', code: 'not_in_scope' }] });
  return [authority];
}
