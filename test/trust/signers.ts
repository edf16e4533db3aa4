import { randomBytes, randomUUID } from 'node:crypto';
import { admit } from '../../db/journeys/journeys';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { sealInput } from '../../db/store/sealed-inputs';
import type { Store } from '../../db/store/store';
import { shanghaiDay } from '../../domain/shanghai-time';
import { signature } from '../setup/confirming';

/** A verified person, who can sign any pushed matter. */
export interface Signer {
  journey: string;
  /** The session that holds the journey. */
  session: string;
  account: string;
  personKey: string;
  name: string;
  number: string;
}

const key = (length = 32) => randomBytes(length).toString('hex');

/** @param isAttacked whether an attack was reported in their check, which flags their signatures */
export async function arrive(store: Store, isAttacked: boolean, now: Date): Promise<Signer> {
  const signer: Signer = {
    ...{ journey: `journey-${key(16)}`, session: randomUUID(), account: key(), personKey: key() },
    ...{ name: '试验甲', number: '110101190001010014' },
  };
  const { account, personKey, name, number, journey, session } = signer;
  const entry: SealedInputOf<'entry'> = {
    ...{ kind: 'entry', account, personKey, name, matchKey: name, documentType: 'resident-id', number },
    consents: [],
  };
  const input = key();
  await sealInput(store, input, entry, now);
  await admit(store, { journey, session, input, revision: 1 }, now);
  await check(store, signer, { purpose: 'identity-face' }, now);
  await check(store, signer, { purpose: 'bank-card', debits: 'account', certify_id: null }, now);
  if (isAttacked)
    await check(store, signer, { purpose: 'identity-face', state: 'failed', attack: true }, now);
  return signer;
}

/** Writes a face check for exactly this text, passed now. @returns the attempt */
export async function passFace(
  store: Store,
  signer: Signer,
  about: { to_do_id: string; matter_id: string; text_hash: string },
  now: Date,
): Promise<string> {
  return await check(store, signer, { purpose: 'matter-face', ...about }, now);
}

/** Seals a signature as the api does. @returns the command */
export async function draw(store: Store, now: Date): Promise<string> {
  const command = key();
  await sealInput(store, command, signature, now);
  return command;
}

async function check(
  { knex }: Store,
  { journey, account, personKey }: Signer,
  of: object,
  now: Date,
): Promise<string> {
  const id = key(16);
  await knex('attempts').insert({
    ...{ id, journey_id: journey, account, person_key: personKey, debits: 'person', state: 'passed' },
    ...{ day: shanghaiDay(now), certify_id: key(16), command: key(), started_at: now, ended_at: now },
    ...of,
  });
  return id;
}
