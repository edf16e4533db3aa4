import { randomUUID } from 'node:crypto';
import { counterAfter, passkeyFrom } from '../../platform/passkeys';
import type {
  KnownPasskey,
  PasskeyAssertion,
  PasskeyRegistration,
  RelyingParty,
} from '../../platform/passkeys';
import { hashOfToken, newToken } from '../../platform/secrets';
import type { Db } from '../store/store';
import type { Rows } from '../tables';
import type { OpenedSession } from './sessions';

const CHALLENGE_MS = 5 * 60_000;

type SessionRow = Rows['clerk_sessions'];
type PasskeyRow = Rows['clerk_passkeys'];

const knownFrom = ({ credential_id, public_key, counter, transports }: PasskeyRow): KnownPasskey => ({
  ...{ id: credential_id.toString('base64url'), publicKey: public_key, counter },
  transports: JSON.parse(transports) as string[],
});

/** A clerk's passkeys, the oldest first. */
export async function passkeysOf(db: Db, clerk: string): Promise<KnownPasskey[]> {
  const rows = await db('clerk_passkeys').where({ clerk_id: clerk }).orderBy(['added_at', 'id']).select('*');
  return rows.map(knownFrom);
}

/** Makes what a passkey is to sign next in this session, in place of an earlier one. 256 random bits as base64url. */
export async function newChallenge(db: Db, { token }: OpenedSession, now: Date): Promise<string> {
  const challenge = newToken();
  await db('clerk_sessions')
    .where({ token_hash: hashOfToken(token) })
    .update({ challenge, challenge_expires_at: new Date(now.getTime() + CHALLENGE_MS) });
  return challenge;
}

/** Takes the challenge of a locked session; it serves once, whatever it is answered with. */
async function takeChallenge(
  within: Db,
  { token_hash, challenge, challenge_expires_at }: SessionRow,
  now: Date,
): Promise<string | undefined> {
  await within('clerk_sessions')
    .where({ token_hash })
    .update({ challenge: null, challenge_expires_at: null });
  return challenge && challenge_expires_at && challenge_expires_at > now ? challenge : undefined;
}

/** Enrols a passkey. @returns false if the response does not prove one, or somebody has it already */
export async function addPasskey(
  within: Db,
  session: SessionRow,
  { name, response, party }: { name: string; response: PasskeyRegistration; party: RelyingParty },
  now: Date,
): Promise<boolean> {
  const challenge = await takeChallenge(within, session, now);
  const passkey = challenge && (await passkeyFrom(response, party, challenge));
  if (!passkey) return false;
  const credential_hash = hashOfToken(passkey.id);
  if (await within('clerk_passkeys').where({ credential_hash }).first('id')) return false;
  await within('clerk_passkeys').insert({
    ...{ id: randomUUID(), clerk_id: session.clerk_id, credential_hash, name },
    ...{ credential_id: Buffer.from(passkey.id, 'base64url'), public_key: passkey.publicKey },
    ...{ counter: passkey.counter, transports: JSON.stringify(passkey.transports) },
    ...{ added_at: now, used_at: null },
  });
  return true;
}

/** Whether one of the clerk's passkeys has signed the session's challenge. */
export async function takeAssertion(
  within: Db,
  session: SessionRow,
  { response, party }: { response: PasskeyAssertion; party: RelyingParty },
  now: Date,
): Promise<boolean> {
  const challenge = await takeChallenge(within, session, now);
  const row = await within('clerk_passkeys')
    .where({ clerk_id: session.clerk_id, credential_hash: hashOfToken(response.id) })
    .first();
  if (!challenge || !row) return false;
  const counter = await counterAfter(response, party, { challenge, known: knownFrom(row) });
  if (counter === undefined) return false;
  await within('clerk_passkeys').where({ id: row.id }).update({ counter, used_at: now });
  return true;
}
