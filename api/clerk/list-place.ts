import type { ListPlace } from '../../db/store/list-place';
import { ApiError } from '../errors';

/** As `next` of a page carries it. */
export function writePlace({ at, id }: ListPlace): string {
  return `${at.getTime()}.${id}`;
}

/** Reads what comes back as `after`. @throws ApiError if it is not what a page said */
export function readPlace(after: string, idForm: RegExp): ListPlace {
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(after) ?? [];
  if (!at || !id || !idForm.test(id)) {
    throw new ApiError('invalid', { issues: [{ path: 'query.after', code: 'wrong_form' }] });
  }
  return { at: new Date(Number(at)), id };
}
