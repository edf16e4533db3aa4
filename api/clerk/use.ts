import { recordAction } from '../../db/clerk-actions';
import type { Answer, Context, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { asApiError } from '../errors';

/**
 * Records every call of a clerk's route, with what became of it, before its answer leaves; a call that can't be recorded is not
 * answered. Only who isn't signed in leaves no record, unless they try to sign in.
 */
export async function recordingUse(
  route: Route,
  ctx: Context,
  { store, now }: ApiDependencies,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const { audience, action } = route;
  if (action === undefined) return await answer();
  const use = (ctx.state.use = {} as Context['state']['use']);
  const { requestId } = ctx.state;
  const record = async (result: string): Promise<void> => {
    if (use.clerk === undefined && audience === 'clerk') return;
    await recordAction(store.knex, { ...use, action, result, requestId }, now());
  };
  let answered: Answer;
  try {
    answered = await answer();
  } catch (refused) {
    await record(asApiError(refused).code);
    throw refused;
  }
  await record(use.result ?? 'done');
  return answered;
}
