import type { Clerk } from '../../db/clerks/clerks';
import { findForClerks } from '../../db/decisions/worklist';
import type { Db } from '../../db/store/store';
import type { JourneyRow } from '../../db/tables';
import { mayServe } from '../../domain/clerks';
import { ApiError } from '../errors';

/** A journey and its authorities. @throws ApiError if it is outside of the clerk's scope: to the clerk it does not exist */
export async function foundJourney(
  db: Db,
  id: string,
  { scope }: Pick<Clerk, 'scope'>,
): Promise<{ journey: JourneyRow; authorities: string[] }> {
  const found = await findForClerks(db, id);
  if (!found?.authorities.some((authority) => mayServe(scope, authority))) throw new ApiError('not_found');
  return found;
}
