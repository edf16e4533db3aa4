import { setTimeout } from 'node:timers/promises';
import { recordAction } from '../../db/clerks/actions';
import { msToNextStep } from '../../domain/sign-in-throttle';
import type { ApiResponse, Context, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { asApiError } from '../errors';

/**
 * Records every call of a clerk's route, with what became of it, before its answer leaves; a call that can't be recorded is not
 * answered. A call that names no account is counted instead: anybody can make any number of them, and each record is a leaf of the log.
 * What pages ask by themselves is recorded only where it is refused.
 */
export async function withAudit(
  route: Route,
  ctx: Context,
  { store, figures, now }: ApiDependencies,
  answer: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const { audience, action, background } = route;
  if (action === undefined) return await answer();
  const audit = (ctx.state.audit = {} as Context['state']['audit']);
  const { requestId } = ctx.state;
  const record = async (result: string): Promise<void> => {
    if (audit.clerk === undefined) {
      if (audience === 'clerk-visitor') figures.visitWithoutAccount({ action, result });
      return;
    }
    await recordAction(store.knex, { ...audit, action, result, requestId }, now());
  };
  const began = performance.now();
  let answered: ApiResponse;
  try {
    answered = await answer();
  } catch (refused) {
    await record(asApiError(refused).code);
    // Else the time that the record takes would tell which logins exist.
    if (audience === 'clerk-visitor') await setTimeout(msToNextStep(performance.now() - began));
    throw refused;
  }
  if (!background) await record(audit.result ?? 'done');
  return answered;
}
