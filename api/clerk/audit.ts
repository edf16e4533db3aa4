import { recordAction } from '../../db/clerks/actions';
import type { ApiResponse, Context, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { asApiError } from '../errors';

/**
 * Records every call of a clerk's route, with what became of it, before its answer leaves; a call that can't be recorded is not
 * answered. Only who isn't signed in leaves no record, unless they try to sign in; and what pages ask by themselves, unless it is refused.
 */
export async function withAudit(
  route: Route,
  ctx: Context,
  { store, now }: ApiDependencies,
  answer: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const { audience, action, background } = route;
  if (action === undefined) return await answer();
  const audit = (ctx.state.audit = {} as Context['state']['audit']);
  const { requestId } = ctx.state;
  const record = async (result: string): Promise<void> => {
    if (audit.clerk === undefined && audience === 'clerk') return;
    await recordAction(store.knex, { ...audit, action, result, requestId }, now());
  };
  let answered: ApiResponse;
  try {
    answered = await answer();
  } catch (refused) {
    await record(asApiError(refused).code);
    throw refused;
  }
  if (!background) await record(audit.result ?? 'done');
  return answered;
}
