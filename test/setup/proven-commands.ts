import { shanghaiDay } from '../../domain/shanghai-time';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Activities } from '../../activities';
import { findDecision } from '../../db/decisions/decisions';
import { findJourney, isAfterVerification } from '../../db/journeys/journeys';
import { withdrawMatter } from '../../db/matters/matters';
import type { Store } from '../../db/store/store';
import { isVerified } from '../../db/journeys/verified';
import type { MatterState } from '../../domain/matter-states';
import type { ProvenCommand, CommandPayload } from '../../domain/proven-command';
import type { Command, Commands } from '../../domain/steps';
import { CLAIM_MS } from '../../domain/worklist';
import { sealInput } from '../../db/store/sealed-inputs';
import { sealedAcceptance } from './acceptances';
import { proofs } from './keys';

type ProvenActivityName =
  | 'admit'
  | 'refuse'
  | 'askForReissue'
  | 'sign'
  | 'decide'
  | 'propose'
  | 'settleProposal'
  | 'withdrawProposal';

/** A command to a journey, from the session that holds it unless `session` names another. */
interface By {
  journey: string;
  session?: string;
  /** The id of the command. */
  command: string;
}

type OtherClerk<C> = C extends { clerk: string } ? Omit<C, 'clerk'> & { clerk?: string } : never;

/** The activities, with short arguments from which the proven commands are made as the api makes them. */
export interface ProvenActivities extends Omit<Activities, ProvenActivityName> {
  admit(p: {
    journey: string;
    session: string;
    input: string;
    revision: number;
  }): ReturnType<Activities['admit']>;
  refuse(p: By & Commands['refuse']): ReturnType<Activities['refuse']>;
  askForReissue(p: By & Commands['ask-re-issue']): ReturnType<Activities['askForReissue']>;
  /** Verifies the person first, unless `verified` is false. */
  sign(
    p: Omit<By, 'command'> & Commands['sign'] & { attempt: string; verified?: false },
  ): ReturnType<Activities['sign']>;
  decide(p: By & Commands['decide']): ReturnType<Activities['decide']>;
  /** The clerk has claimed the journey, uploaded the scan and, unless there is an `input`, compared everything. */
  propose(p: By & Commands['propose']): ReturnType<Activities['propose']>;
  /** The verdict of the picked reviewer, unless `clerk` names another. */
  settleProposal(
    p: Omit<By, 'command'> & OtherClerk<Commands['review']>,
  ): ReturnType<Activities['settleProposal']>;
  withdrawProposal(p: Omit<By, 'command'> & Commands['withdraw']): ReturnType<Activities['withdrawProposal']>;
  /** Withdraws a matter, as the api does for a registration system. */
  withdraw(p: { matter: string }): Promise<MatterState | undefined>;
}

/** A command as the api makes it. */
function proven<C extends Command>(
  journey: string,
  command: C,
  payload: CommandPayload<C>,
  id: string = randomUUID(),
): ProvenCommand<C> {
  return proofs.prove<C>({ journey, id, command, payload, at: Date.now() });
}

export function withProvenCommands(store: Store, activities: Activities, now: () => Date): ProvenActivities {
  const { knex } = store;
  const holderOf = async ({ journey, session }: Pick<By, 'journey' | 'session'>) =>
    session ?? (await findJourney(knex, journey))?.session_id;
  return {
    ...activities,
    async saveStop(projection) {
      // Only a verified person gets to these stops. Other tests prove that.
      if (isAfterVerification(projection)) await verify(store, projection.journey, now());
      return await activities.saveStop(projection);
    },
    admit: ({ journey, session, input, revision }) =>
      activities.admit({ command: proven(journey, 'enter', { session, input }, input), revision }),
    refuse: async ({ toDo, reason, ...by }) =>
      await activities.refuse(
        proven(by.journey, 'refuse', { toDo, reason, session: await holderOf(by) }, by.command),
      ),
    askForReissue: async ({ toDo, ...by }) =>
      await activities.askForReissue(
        proven(by.journey, 'ask-re-issue', { toDo, session: await holderOf(by) }, by.command),
      ),
    async sign({ toDo, input, attempt, verified, ...by }) {
      if (verified !== false) await verify(store, by.journey, now());
      const payload = { toDo, input, session: await holderOf(by) };
      return await activities.sign({ command: proven(by.journey, 'sign', payload, input), attempt });
    },
    async decide({ journey, command, ...payload }) {
      if ('clerk' in payload) await haveClaimed(knex, journey, payload.clerk, now());
      return await activities.decide(proven(journey, 'decide', payload, command));
    },
    async propose({ journey, command, ...payload }) {
      await haveClaimed(knex, journey, payload.clerk, now());
      if (payload.decision === 'correct-name')
        return await activities.propose(proven(journey, 'propose', payload, command));
      await haveUploaded(knex, { ...payload, journey }, now());
      if (!('input' in payload)) await sealInput(store, command, sealedAcceptance(payload.acceptance), now());
      return await activities.propose(proven(journey, 'propose', { input: command, ...payload }, command));
    },
    async settleProposal({ journey, clerk, ...payload }) {
      const picked = clerk ?? (await findDecision(knex, payload.proposal))?.reviewer ?? '';
      await haveClaimed(knex, journey, picked, now());
      return await activities.settleProposal(proven(journey, 'review', { ...payload, clerk: picked }));
    },
    withdrawProposal: ({ journey, ...payload }) =>
      activities.withdrawProposal(proven(journey, 'withdraw', payload)),
    withdraw: ({ matter }) => withdrawMatter(store, matter, now()),
  };
}

/** Has a clerk hold the claim, whoever had it. That nobody decides without one is proved in db/decisions/claims.test.ts. */
async function haveClaimed(knex: Knex, journey: string, clerk: string, now: Date): Promise<void> {
  const claimed_until = new Date(now.getTime() + CLAIM_MS);
  await knex('worklist').where({ journey_id: journey }).update({ claimed_by: clerk, claimed_until });
}

/** Writes the row of a scan, as if the clerk had uploaded it. That nobody proposes without one is proved in db/decisions/scans.test.ts. */
export async function haveUploaded(
  knex: Knex,
  { journey, clerk, paperHash }: { journey: string; clerk: string; paperHash: string },
  now: Date,
): Promise<void> {
  const row = await findJourney(knex, journey);
  await knex('scans').insert({
    ...{ id: randomUUID(), journey_id: journey, to_do_id: row?.to_do_id ?? null, sha256: paperHash },
    ...{ media_type: 'application/pdf', size: 1, clerk_id: clerk, uploaded_at: now },
  });
}

/** Writes the missing rows of the checks at the beginning of a journey, as if the person had passed them. */
export async function verify({ knex }: Store, journey: string, now: Date): Promise<void> {
  const row = await findJourney(knex, journey);
  if (!row || (await isVerified(knex, journey))) return;
  const passed = await knex('attempts')
    .where({ journey_id: journey, state: 'passed' })
    .where('started_at', '>=', row.started_at)
    .pluck('purpose');
  const checks = (['identity-face', 'bank-card'] as const)
    .filter((purpose) => !passed.includes(purpose))
    .map((purpose) => ({
      id: randomBytes(16).toString('hex'),
      ...{ purpose, journey_id: journey, account: row.account, person_key: row.person_key },
      ...{
        debits: 'account' as const,
        state: 'passed' as const,
        command: randomUUID(),
        started_at: row.started_at,
      },
      ...{ ended_at: now, day: shanghaiDay(now) },
    }));
  if (checks.length > 0) await knex('attempts').insert(checks);
}
