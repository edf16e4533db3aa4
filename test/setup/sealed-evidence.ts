import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import request from 'supertest';
import { createEvidenceActivities } from '../../activities/evidence';
import { findEvidence } from '../../db/evidence/proofs';
import { addLeaves, publishCheckpoint } from '../../db/log/sequencing';
import { addToLog } from '../../db/log/waiting';
import { verificationCodeOf } from '../../domain/verification-codes';
import { readCertificates } from '../../evidence/certificates';
import { jwksOf } from '../../evidence/signing/jwks';
import { bundleSchema } from '../../evidence/verification/bundle';
import type { EvidenceBundle } from '../../evidence/verification/bundle';
import { keysOfJwks } from '../../evidence/verification/trust';
import type { Trust } from '../../evidence/verification/trust';
import { createLogger } from '../../platform/logger';
import { documents, startHarness } from './activity-harness';
import type { ActivityHarness } from './activity-harness';
import { startApi } from './api';
import type { TestApi } from './api';
import { confirm } from './confirming';
import { startEvidenceAuthorities } from './evidence-authorities';
import type { EvidenceAuthorities } from './evidence-authorities';
import { LOG_ORIGIN, logIdentity, logVerifiers } from './keys';

/** A confirmation that is sealed, logged and served, and what its registration system gets of it. */
export interface SealedEvidence {
  harness: ActivityHarness;
  authorities: EvidenceAuthorities;
  api: TestApi;
  trust: Trust;
  bundle: EvidenceBundle;
  letter: Buffer;
  /** 核验码. */
  code: string;
  end(): Promise<void>;
}

/** @param externalId of the matter */
export async function sealEvidenceOf(externalId: string): Promise<SealedEvidence> {
  const harness = await startHarness();
  const authorities = await startEvidenceAuthorities();
  const { sealing, files } = authorities;
  const { store } = harness;
  const [holder] = harness.vendors.holders;
  const { journey } = await harness.enter(holder!);
  const toDo = await harness.push(holder!, { externalId });
  await confirm(harness, journey, toDo);
  const { sealEvidence } = createEvidenceActivities({
    ...{ store, documents, sealing, now: () => new Date() },
    logger: createLogger({ level: 'silent', name: 'worker' }),
  });
  await sealEvidence({ matter: toDo.matter });
  // With siblings in the tree.
  for (let at = 0; at < 5; at += 1)
    await addToLog(store.knex, 'clerk-action', randomBytes(32).toString('hex'), new Date());
  await addLeaves(store, LOG_ORIGIN);
  await publishCheckpoint(store, logIdentity, new Date());
  const read = (file: string) => readCertificates(readFileSync(file, 'utf8'));
  const trust = {
    keys: keysOfJwks(jwksOf(sealing.keys)),
    logVerifiers,
    timeStamp: { roots: read(files.timeStamping.roots), policy: '1.2.156.1.1' },
    signerRoots: read(files.signerCa.authority.certificate),
  };
  const api = await startApi({ store, signingKeys: sealing.keys, trust });
  const row = await store.knex('evidence').first('number');
  const path = `/api/registry/matters/${externalId}/evidence/${row!.number}`;
  const bundle = bundleSchema.parse((await request(api.server).get(path).set(api.signed('GET', path))).body);
  const { content } = bundle.documents.find(({ kind }) => kind === 'confirmation-letter')!;
  const id = await findEvidence(store, { number: bundle.number });
  return {
    ...{ harness, authorities, api, trust, bundle, letter: Buffer.from(content!, 'base64') },
    code: verificationCodeOf(store.pseudonyms.verificationCode(id!)),
    async end() {
      await api.end();
      await authorities.end();
      await harness.end();
    },
  };
}
