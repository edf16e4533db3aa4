import { z } from 'zod';
import {
  findMatterForClerks,
  journeysOfPersons,
  withdrawnConsents,
} from '../../db/confirmations/persons-of-matter';
import type {
  JourneyOfPerson,
  MatterForClerks,
  PersonOfMatter,
} from '../../db/confirmations/persons-of-matter';
import { listEvidence } from '../../db/evidence/of-matter';
import type { EvidenceOfMatter } from '../../db/evidence/of-matter';
import { listFlags } from '../../db/flags/reviews';
import { listDeliveries } from '../../db/matters/deliveries';
import type { DeliveryView } from '../../db/matters/deliveries';
import { mayServe } from '../../domain/clerks';
import { consentKinds } from '../../domain/consents';
import { deliveryOutcomes, deliveryStates } from '../../domain/deliveries';
import { documentTypeNames } from '../../domain/documents';
import { evidenceDocumentKinds, signatureLevels } from '../../domain/evidence-documents';
import { sealStates, signerParts } from '../../domain/evidence-seals';
import { rejectionOfInvitation } from '../../domain/invitations';
import { confirmationStates, holdReasons, matterEvents, matterStates } from '../../domain/matter-states';
import { maskName, maskNumber } from '../../domain/names';
import { confirmationRejections } from '../../domain/refusals';
import { matterKindNames, roleNames } from '../../domain/roles';
import { stepNames } from '../../domain/steps';
import { stuckCauses } from '../../domain/stuck';
import type { Clerk } from '../../db/clerks/clerks';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { flag, presentFlag } from './flags';

const time = z.iso.datetime();

const evidence = z.strictObject({
  number: z.string(),
  sha256: z.string().describe('of the record; the transparency log commits to it'),
  createdAt: time,
  seal: z.enum(sealStates),
  signedAt: time.optional(),
  keyId: z.string().optional().describe('of the key that signed it; see /.well-known/jwks.json'),
  stampedAt: time.optional(),
  signer: z.enum(signerParts).optional(),
  inLog: z
    .union([z.number().int(), z.enum(['waiting', 'missing'])])
    .describe('its leaf; `waiting` for a leaf; or `missing` if the record is not what was logged'),
  documents: z.array(
    z.strictObject({
      kind: z.enum(evidenceDocumentKinds),
      sha256: z.string(),
      level: z.enum(signatureLevels),
    }),
  ),
});

const person = z.strictObject({
  toDoId: z.string(),
  reference: z.string(),
  name: z.string().describe('masked; the journey shows it in full, for a reason'),
  documentType: z.enum(documentTypeNames),
  number: z.string().describe('masked'),
  roles: z.array(z.enum(roleNames)),
  state: z.enum(confirmationStates),
  settledAt: time.optional(),
  refusalReason: z.enum(confirmationRejections).optional(),
  reissueRequestedAt: time
    .optional()
    .describe('when the person last asked for the matter to be pushed again'),
  nameReportedAt: time
    .optional()
    .describe('when the registration system was told that the name differs from the document’s'),
  invitedAt: time.optional().describe('when a clerk last had the invitation sent again'),
  mayBeInvited: z.boolean().describe('whether it can be sent again now'),
  withdrawnConsents: z.array(z.strictObject({ kind: z.enum(consentKinds), at: time })),
  journey: z
    .strictObject({
      id: z.string(),
      step: z.enum(stepNames),
      stuckCause: z.enum(stuckCauses).optional(),
      isOpen: z.boolean(),
    })
    .optional()
    .describe('where it was settled, or the open one; if this clerk may see it'),
  evidence: evidence.optional(),
});

const callback = z.strictObject({
  id: z.uuid(),
  event: z.enum(matterEvents),
  state: z.enum(deliveryStates),
  createdAt: time,
  acknowledgedAt: time.optional(),
  references: z.array(z.string()).describe('the persons whom it is about'),
  tries: z
    .array(
      z.strictObject({
        at: time,
        outcome: z.enum(deliveryOutcomes),
        status: z.number().int().optional().describe('of HTTP, if there was an answer'),
        nextAt: time.optional(),
      }),
    )
    .describe('the last ones, newest first'),
});

/** A matter, as the clerks of its authority are shown it: its persons masked. */
export const matterView = z
  .strictObject({
    matter: z.string(),
    registry: z.string(),
    registryName: z.string(),
    externalId: z.string(),
    version: z.number().int(),
    state: z.enum(matterStates),
    authority: z.string(),
    kind: z.enum(matterKindNames),
    entity: z.string(),
    pushedAt: time,
    expiresAt: time,
    decidedAt: time.optional(),
    holdReason: z.enum(holdReasons).optional(),
    callbacksStoppedAt: time
      .optional()
      .describe('since when the registration system wants no more callbacks about it'),
    persons: z.array(person),
    flags: z.array(flag),
    callbacks: z.array(callback).describe('the newest first'),
    earlierVersions: z.array(
      z.strictObject({ version: z.number().int(), state: z.enum(matterStates), pushedAt: time }),
    ),
  })
  .meta({ id: 'ClerkMatter' });

type MatterView = z.infer<typeof matterView>;

const MOST_FLAGS = 100;

/** The newest version of a matter. @throws ApiError `not_found` outside of the clerk's scope too: to the clerk it does not exist */
export async function foundMatter(
  { store }: ApiDependencies,
  { registry, externalId }: { registry: string; externalId: string },
  { scope }: Pick<Clerk, 'scope'>,
): Promise<MatterForClerks> {
  const matter = await findMatterForClerks(store, registry, externalId);
  if (!matter || !mayServe(scope, matter.authority)) throw new ApiError('not_found');
  return matter;
}

/** All that its page shows. */
export async function presentMatter(
  { store, registries }: ApiDependencies,
  { registry, externalId }: { registry: string; externalId: string },
  found: MatterForClerks,
  { scope }: Pick<Clerk, 'scope'>,
  now: Date,
): Promise<MatterView> {
  const { knex } = store;
  const { persons, earlierVersions, ...matter } = found;
  const journeys = await journeysOfPersons(knex, persons, scope);
  const withdrawn = await withdrawnConsents(
    knex,
    [...journeys.values()].map(({ id }) => id),
  );
  const proven = await listEvidence(
    knex,
    persons.flatMap(({ evidenceId }) => evidenceId ?? []),
  );
  const flags = await listFlags(knex, {
    ...{ authorities: scope, openOnly: false, matter: matter.matter, limit: MOST_FLAGS },
  });
  const callbacks = await listDeliveries(knex, matter.matter);
  const { pushedAt, expiresAt, decidedAt, holdReason, callbacksStoppedAt, ...named } = matter;
  return {
    ...{ ...named, registry, registryName: registries.nameOf(registry), externalId },
    ...{ pushedAt: pushedAt.toISOString(), expiresAt: expiresAt.toISOString() },
    ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
    ...(holdReason && { holdReason }),
    ...(callbacksStoppedAt && { callbacksStoppedAt: callbacksStoppedAt.toISOString() }),
    persons: persons.map((one) => {
      const journey = journeys.get(one.toDoId);
      return {
        ...presentPerson(one, journey),
        mayBeInvited:
          rejectionOfInvitation(
            { state: one.state, matterState: matter.state, expiresAt, invitedAt: one.invitedAt },
            now,
          ) === undefined,
        withdrawnConsents: withdrawn
          .filter((consent) => consent.journey === journey?.id)
          .map(({ kind, at }) => ({ kind, at: at.toISOString() })),
        ...presentEvidence(proven.get(one.evidenceId ?? '')),
      };
    }),
    flags: flags.map(presentFlag),
    callbacks: callbacks.map(presentCallback),
    earlierVersions: earlierVersions.map((one) => ({ ...one, pushedAt: one.pushedAt.toISOString() })),
  };
}

function presentPerson(
  { toDoId, reference, name, documentType, number, roles, state, ...times }: PersonOfMatter,
  journey: JourneyOfPerson | undefined,
) {
  const { settledAt, refusalReason, reissueRequestedAt, nameReportedAt, invitedAt } = times;
  return {
    ...{ toDoId, reference, name: maskName(name), documentType, number: maskNumber(number), roles, state },
    ...(settledAt && { settledAt: settledAt.toISOString() }),
    ...(refusalReason && { refusalReason }),
    ...(reissueRequestedAt && { reissueRequestedAt: reissueRequestedAt.toISOString() }),
    ...(nameReportedAt && { nameReportedAt: nameReportedAt.toISOString() }),
    ...(invitedAt && { invitedAt: invitedAt.toISOString() }),
    ...(journey && {
      journey: {
        ...{ id: journey.id, step: journey.step, isOpen: journey.isOpen },
        ...(journey.stuckCause && { stuckCause: journey.stuckCause }),
      },
    }),
  };
}

function presentEvidence(found: EvidenceOfMatter | undefined) {
  if (!found) return {};
  const { number, sha256, createdAt, seal, signedAt, keyId, stampedAt, signer, inLog, documents } = found;
  return {
    evidence: {
      ...{ number, sha256, createdAt: createdAt.toISOString(), seal, inLog, documents },
      ...(signedAt && { signedAt: signedAt.toISOString() }),
      ...(keyId && { keyId }),
      ...(stampedAt && { stampedAt: stampedAt.toISOString() }),
      ...(signer && { signer }),
    },
  };
}

function presentCallback({ createdAt, acknowledgedAt, tries, ...delivery }: DeliveryView) {
  return {
    ...{ ...delivery, createdAt: createdAt.toISOString() },
    ...(acknowledgedAt && { acknowledgedAt: acknowledgedAt.toISOString() }),
    tries: tries.map(({ at, nextAt, ...one }) => ({
      ...{ ...one, at: at.toISOString() },
      ...(nextAt && { nextAt: nextAt.toISOString() }),
    })),
  };
}
