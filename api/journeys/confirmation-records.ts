import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { openDocument } from '../../db/evidence/documents';
import { findRecord, letterOf, listRecords, personIn } from '../../db/evidence/records';
import type { ConfirmationRecord } from '../../db/evidence/records';
import { findSeal } from '../../db/evidence/seals';
import { listViews, recordViews } from '../../db/evidence/views';
import type { KnownView } from '../../db/evidence/views';
import { namesOfAuthorities } from '../../db/matters/authorities';
import { clerkRoles } from '../../domain/clerks';
import { letterStates, recordStates } from '../../domain/confirmation-records';
import { documentTypeNames, documentTypes } from '../../domain/documents';
import { EVIDENCE_NUMBER } from '../../domain/evidence';
import { evidenceViewers, viewedParts } from '../../domain/evidence-views';
import { maskName, maskNumber } from '../../domain/names';
import { matterKindNames, matterKinds, roleNames, roles } from '../../domain/roles';
import { verificationCodeOf } from '../../domain/verification-codes';
import { subjectOf } from '../../evidence/certificates';
import { authorityIn } from '../../evidence/time-stamp/verification';
import { readPlace, writePlace } from '../clerk/list-place';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { mayGrow } from '../extensible';
import { journeyId } from './command-route';
import { mustBeVerified } from './to-dos';
import type { JourneyRow } from '../../db/tables';

const AT_ONCE = 20;

const VIEW_PLACE = /^(view|action)\d{20}$/;

const recordParams = journeyId.extend({ number: z.string().regex(EVIDENCE_NUMBER) });
const pageQuery = z.strictObject({
  after: z.string().max(64).optional().describe('`next` of the page before'),
});
const next = z.string().optional().describe('there where more follow: `after` of the next page');
const time = z.iso.datetime();

const recordSchema = z
  .strictObject({
    number: z.string().describe('存证编号'),
    entity: z.string().optional().describe('missing once the content was deleted'),
    kind: z.strictObject({ code: mayGrow(matterKindNames), name: z.string() }),
    roles: z.array(z.strictObject({ code: mayGrow(roleNames), name: z.string() })),
    authorityName: z.string().optional().describe('there where its registration system told it'),
    pushedBy: z.string().describe('the registration system that pushed the matter'),
    version: z.number().int().describe('the newest one that rests on this confirmation'),
    confirmedAt: time,
    state: mayGrow(recordStates),
  })
  .meta({ id: 'ConfirmationRecord' });

const listSchema = z.strictObject({ records: z.array(recordSchema), next });

const detailsSchema = recordSchema
  .extend({
    person: z
      .strictObject({
        name: z.string().describe('masked'),
        documentType: mayGrow(documentTypeNames),
        documentName: z.string(),
        number: z.string().describe('masked'),
      })
      .optional()
      .describe('missing once the evidence was deleted'),
    seal: z
      .strictObject({
        signedAt: time.optional(),
        signedBy: z.string().optional(),
        stampedAt: time.optional().describe('as the time-stamping authority says'),
        stampedBy: z.string().optional(),
      })
      .describe('empty until it is sealed'),
    letter: z
      .strictObject({
        state: mayGrow(letterStates),
        sha256: z.string().optional().describe('there where it is ready'),
        size: z.number().int().optional(),
      })
      .describe('《业务确认书》'),
    verifyUrl: z
      .string()
      .optional()
      .describe('where anybody who has this address may verify it; missing once the evidence was deleted'),
  })
  .meta({ id: 'ConfirmationRecordDetails' });

const viewSchema = z
  .strictObject({
    at: time,
    viewer: mayGrow([...evidenceViewers, 'clerk']),
    registrationSystem: z.string().optional().describe('its name'),
    clerk: z
      .strictObject({
        role: mayGrow(clerkRoles),
        authorityName: z
          .string()
          .optional()
          .describe('there where the clerk is of the authority of the matter, and its name is known'),
        isOfAuthority: z.boolean().describe('false: of an authority above it'),
      })
      .optional(),
    part: mayGrow([...viewedParts, 'matter']).describe(
      'what was seen; a clerk sees the matter, its persons, and the state of their confirmations',
    ),
  })
  .meta({ id: 'EvidenceView' });

const viewsSchema = z.strictObject({ views: z.array(viewSchema), next });

/** 我的确认记录: what the person has confirmed, the letter to keep, and who saw the evidence. */
export function confirmationRecordRoutes(dependencies: ApiDependencies): Route[] {
  const { store, registries, signingKeys, publicUrl } = dependencies;

  /** A record of another person is not there. @throws ApiError */
  const find = async (journey: JourneyRow, number: string): Promise<ConfirmationRecord> => {
    mustBeVerified(journey);
    const record = await findRecord(store, journey.person_key, number);
    if (!record) throw new ApiError('not_found');
    return record;
  };

  const present = async (records: readonly ConfirmationRecord[]): Promise<z.infer<typeof recordSchema>[]> => {
    const nameOf = await namesOfAuthorities(store.knex, records);
    return records.map((record) => {
      const authorityName = nameOf(record);
      return {
        number: record.number,
        ...(record.entity !== undefined && { entity: record.entity }),
        kind: { code: record.kind, name: matterKinds[record.kind] },
        roles: record.roles.map((role) => ({ code: role, name: roles[role] })),
        ...(authorityName && { authorityName }),
        pushedBy: registries.nameOf(record.registry),
        version: record.version,
        confirmedAt: record.confirmedAt.toISOString(),
        state: record.state,
      };
    });
  };

  const sealOf = async (evidence: string): Promise<z.infer<typeof detailsSchema>['seal']> => {
    const { key_id: keyId, signed_at, time_stamp, stamped_at } = await findSeal(store.knex, evidence);
    const [certificate] = (keyId !== null && signingKeys.byId(keyId)?.certificates) || [];
    const signedBy = certificate && subjectOf(new X509Certificate(certificate));
    const stampedBy = time_stamp === null ? undefined : authorityIn(time_stamp);
    return {
      ...(signed_at && { signedAt: signed_at.toISOString() }),
      ...(signedBy && { signedBy }),
      ...(stamped_at && { stampedAt: stamped_at.toISOString() }),
      ...(stampedBy && { stampedBy }),
    };
  };

  const presentView = (view: KnownView, authorityName?: string): z.infer<typeof viewSchema> => {
    const { at, viewer } = view;
    const shown = { at: at.toISOString(), viewer };
    if (view.viewer === 'clerk') {
      const { role, isOfAuthority } = view;
      const named = isOfAuthority && authorityName ? { authorityName } : {};
      return { ...shown, part: 'matter', clerk: { role, isOfAuthority, ...named } };
    }
    const { part } = view;
    if (view.viewer !== 'registration-system') return { ...shown, part };
    return { ...shown, part, registrationSystem: registries.nameOf(view.registry) };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/confirmation-records',
      summary: `我的确认记录: the confirmations of this person from all accounts, newest first, ${AT_ONCE} at once`,
      audience: 'journey-holder',
      params: journeyId,
      query: pageQuery,
      errors: ['not_allowed_now'],
      responses: { 200: { description: 'A page', schema: listSchema } },
      async handle({ query: { after }, journey }) {
        mustBeVerified(journey);
        const place = after === undefined ? undefined : readPlace(after, EVIDENCE_NUMBER);
        const found = await listRecords(store, journey.person_key, { after: place, most: AT_ONCE + 1 });
        const page = found.slice(0, AT_ONCE);
        const last = found.length > AT_ONCE ? page.at(-1) : undefined;
        return {
          status: 200,
          body: {
            records: await present(page),
            ...(last && { next: writePlace({ at: last.confirmedAt, id: last.number }) }),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/confirmation-records/:number',
      summary: 'One confirmation: who, when it was sealed, and where it can be verified',
      audience: 'journey-holder',
      params: recordParams,
      errors: ['not_allowed_now'],
      responses: { 200: { description: 'The record', schema: detailsSchema } },
      async handle({ params: { number }, journey }) {
        const record = await find(journey, number);
        const [shown] = await present([record]);
        const person = await personIn(store, record);
        if (!shown) throw new ApiError('not_found');
        const code = verificationCodeOf(store.pseudonyms.verificationCode(record.evidence));
        return {
          status: 200,
          body: {
            ...shown,
            ...(person && {
              person: {
                name: maskName(person.name),
                documentType: person.documentType,
                documentName: documentTypes[person.documentType].name,
                number: maskNumber(person.number),
              },
            }),
            seal: await sealOf(record.evidence),
            letter: await letterOf(store, record),
            ...(record.isReadable && { verifyUrl: `${publicUrl}/verify#${number}.${code}` }),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/confirmation-records/:number/views',
      summary: `Who saw the evidence of a confirmation, newest first, ${AT_ONCE} at once`,
      audience: 'journey-holder',
      params: recordParams,
      query: pageQuery,
      errors: ['not_allowed_now'],
      responses: { 200: { description: 'A page', schema: viewsSchema } },
      async handle({ params: { number }, query: { after }, journey }) {
        const record = await find(journey, number);
        const place = after === undefined ? undefined : readPlace(after, VIEW_PLACE);
        const viewed = { ...record, id: record.evidence, createdAt: record.confirmedAt };
        const found = await listViews(store.knex, viewed, { after: place, most: AT_ONCE + 1 });
        const page = found.slice(0, AT_ONCE);
        const last = found.length > AT_ONCE ? page.at(-1) : undefined;
        const authorityName = (await namesOfAuthorities(store.knex, [record]))(record);
        return {
          status: 200,
          body: {
            views: page.map((view) => presentView(view, authorityName)),
            ...(last && { next: writePlace({ at: last.at, id: last.place }) }),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/confirmation-records/:number/letter',
      summary: '《业务确认书》 for the person to keep. Each call is recorded as a view',
      audience: 'journey-holder',
      params: recordParams,
      errors: ['not_allowed_now', 'letter_not_ready', 'letter_deleted'],
      responses: { 200: { description: 'The signed PDF', mediaType: 'application/pdf' } },
      async handle({ params: { number }, journey, now }) {
        const record = await find(journey, number);
        if (!record.isReadable) throw new ApiError('letter_deleted');
        const letter = await openDocument(store, record.evidence, 'confirmation-letter');
        if (!letter) throw new ApiError('letter_not_ready');
        await recordViews(
          store.knex,
          [record.evidence],
          { viewer: 'person', part: 'confirmation-letter' },
          now,
        );
        return {
          status: 200,
          body: letter.file,
          headers: {
            'Content-Type': 'application/pdf',
            'Content-Disposition': `attachment; filename="${number}.pdf"`,
            'Content-Length': String(letter.file.length),
          },
        };
      },
    }),
  ];
}
