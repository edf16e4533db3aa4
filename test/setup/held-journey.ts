import type { SealedInputOf } from '../../domain/sealed-inputs';
import request from 'supertest';
import { admit, isAfterVerification, saveJourney } from '../../db/journeys/journeys';
import type { Projection } from '../../db/journeys/journeys';
import type { DocumentType } from '../../domain/documents';
import { sealInput } from '../../db/store/sealed-inputs';
import { readLegalTexts } from '../../texts/legal-texts';
import type { TestApi } from './api';
import { verify } from './proven-commands';

/** The person of the journey. */
export const person = { name: '试验甲', number: '110101190001010014' };

/** A journey that a signed-in session holds, with the rows that its workflow would write. */
export interface HeldJourney {
  id: string;
  personKey: string;
  authorization: string;
  session: { id: string; account: string };
  /** Saves a stop. Where the stop needs a verified person, the person is verified first. @returns the revision */
  show(changes: Partial<Projection>): Promise<number>;
  get(path: string): request.Test;
  /** Sends a command to a path below the journey's. */
  post(path: string, body: object, key?: string): request.Test;
}

/**
 * @param agreed the version of the text on personal information that the person agreed to
 * @param holder `openId` is that of the account which holds the journey
 */
export async function holdJourney(
  api: TestApi,
  now: () => Date,
  agreed = readLegalTexts().get('personal-information')?.version ?? '',
  holder: { openId?: string; documentType?: DocumentType; number?: string } = {},
): Promise<HeldJourney> {
  const { openId = 'someone', documentType = 'resident-id', number = person.number } = holder;
  const authorization = `Bearer ${await api.signIn(openId)}`;
  const account = api.pseudonyms.account('alipay', openId);
  const session = await api.store.knex('sessions').where({ account }).first('id', 'account');
  if (!session) throw new Error('Nobody is signed in.');
  const personKey = api.pseudonyms.person(documentType, number);
  const id = api.pseudonyms.journeyId(account, personKey);
  const entry: SealedInputOf<'entry'> = {
    ...{ kind: 'entry', account, personKey, matchKey: person.name, documentType },
    ...{ name: person.name, number },
    consents: [{ kind: 'personal-information', version: agreed, textHash: 'a'.repeat(64) }],
  };
  const input = `entry-${openId}`;
  await sealInput(api.store, input, entry, now());
  await admit(api.store, { journey: id, session: session.id, input, revision: 0 }, now());
  let revision = 0;
  return {
    ...{ id, personKey, authorization, session },
    async show(changes) {
      revision += 1;
      const projection = { journey: id, step: 'face', allowed: [], codes: [], revision, ...changes };
      if (isAfterVerification(projection)) await verify(api.store, id, now());
      const { rejected } = await saveJourney(api.store, projection, now());
      if (rejected) throw new Error(rejected);
      return revision;
    },
    get: (path) => request(api.server).get(path).set({ authorization }),
    post: (path, body, key = 'command-1') =>
      request(api.server)
        .post(`/api/journeys/${id}/${path}`)
        .set({ authorization, 'idempotency-key': key })
        .send(body),
  };
}
