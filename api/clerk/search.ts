import { z } from 'zod';
import { findByNumber, findByPerson } from '../../db/clerks/search';
import type { Found } from '../../db/clerks/search';
import { documentTypeNames, personNumberOf, readDocumentNumber } from '../../domain/documents';
import { lookReasons } from '../../domain/looks';
import { matterStates } from '../../domain/matter-states';
import { readName } from '../../domain/names';
import { shanghaiDay } from '../../domain/shanghai-time';
import { stepNames } from '../../domain/steps';
import { stuckCauses } from '../../domain/stuck';
import { readCaseNumber } from '../../domain/case-numbers';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Issue } from '../errors';
import type { Registries } from '../../registry/registries';
import { externalIdSchema } from '../registry/matter-schema';

const found = z
  .strictObject({
    journeys: z.array(
      z.strictObject({
        id: z.string(),
        step: z.enum(stepNames),
        cause: z.enum(stuckCauses).optional(),
        documentType: z.enum(documentTypeNames),
        caseNumber: z.string().optional(),
        startedAt: z.iso.datetime(),
      }),
    ),
    matters: z.array(
      z.strictObject({
        registry: z.string(),
        registryName: z.string(),
        externalId: z.string(),
        version: z.number().int(),
        state: z.enum(matterStates),
        authority: z.string(),
        journey: z.string().optional().describe('in which the evidence was made that was asked for'),
      }),
    ),
  })
  .meta({ id: 'FoundByClerk' });

const responses = {
  200: { description: 'What was found; the same for what is not there and what is not yours', schema: found },
} as const;

/** What clerks find. All that is asked for is in the body: an address would be kept in histories and logs. */
export function searchRoutes({ store, pseudonyms, registries }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/search',
      summary:
        'Find by a case number, an evidence number, the id of a matter or a registration system’s number',
      audience: 'clerk',
      right: 'see',
      action: 'search',
      body: z.strictObject({ number: z.string().min(1).max(100) }),
      responses,
      async handle({ body: { number: typed }, clerk, audit }) {
        // What was typed is not recorded: it may be the number of a person.
        audit.subject = { kind: 'search', id: 'number' };
        const asked = {
          caseNumber: readCaseNumber(typed),
          // An evidence number and the id of a matter have the same form.
          reference: externalIdSchema.safeParse(typed.trim()).data,
        };
        const result = await findByNumber(store.knex, asked, clerk.scope);
        const [journey] = result.journeys;
        const [matter] = result.matters;
        if (journey) audit.subject = { kind: 'journey', id: journey.id };
        else if (matter) audit.subject = { kind: 'matter', id: `${matter.registry} ${matter.externalId}` };
        return { status: 200, body: present(result, registries) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/person-search',
      summary: 'Find what belongs to a person, by the whole of document type, number and name, for a reason',
      audience: 'clerk',
      right: 'see-persons',
      action: 'find-person',
      body: z.strictObject({
        reason: z.enum(lookReasons),
        documentType: z.enum(documentTypeNames),
        documentNumber: z.string().max(100),
        name: z.string().max(400),
        issuingCountry: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .optional(),
      }),
      responses,
      async handle({ body: { reason, documentType, ...typed }, clerk, audit, now }) {
        audit.reason = reason;
        const name = readName(typed.name);
        const number = readDocumentNumber(documentType, typed.documentNumber, shanghaiDay(now));
        const issues: Issue[] = [
          ...(name.ok ? [] : [{ path: 'name', code: name.code }]),
          ...(number.ok ? [] : [{ path: 'documentNumber', code: number.code }]),
        ];
        if (!name.ok || !number.ok) throw new ApiError('invalid', { issues });
        const personKey = pseudonyms.person(documentType, personNumberOf(number, typed));
        audit.subject = { kind: 'search', id: personKey };
        const { matchKey } = name;
        const result = await findByPerson(store, { personKey, matchKey, scope: clerk.scope });
        return { status: 200, body: present(result, registries) };
      },
    }),
  ];
}

function present({ journeys, matters }: Found, registries: Registries): z.input<typeof found> {
  return {
    journeys: journeys.map((row) => ({
      ...{ id: row.id, step: row.step, cause: row.stuck_cause ?? undefined },
      ...{ documentType: row.document_type, caseNumber: row.case_number ?? undefined },
      startedAt: row.started_at.toISOString(),
    })),
    matters: matters.map((matter) => ({ ...matter, registryName: registries.nameOf(matter.registry) })),
  };
}
