import { z } from 'zod';
import { uploadedDocuments } from '../../db/matters/application-documents';
import { namesOfAuthorities } from '../../db/matters/authorities';
import { contentOf } from '../../db/matters/content';
import { personOf } from '../../db/journeys/journeys';
import { reportNameDifference } from '../../db/confirmations/differing-names';
import { hasSettled, listToDos } from '../../db/confirmations/views';
import type { ToDoView } from '../../db/confirmations/views';
import { documentFileTypes } from '../../domain/document-files';
import { rejectionOfReissue } from '../../domain/re-issue';
import { refusalNumber } from '../../domain/case-numbers';
import { shanghaiDay } from '../../domain/shanghai-time';
import { textShownTo } from '../../domain/matter';
import { maskName } from '../../domain/names';
import { refusalReasons } from '../../domain/refusals';
import { confirmationStates } from '../../domain/matter-states';
import { matterKindNames, matterKinds, roleNames, roles } from '../../domain/roles';
import type { Step } from '../../domain/steps';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyId, commandBody, commandRoute } from './command-route';
import type { JourneyRow } from '../../db/tables';

export const toDoParams = journeyId.extend({ toDoId: z.uuid() });

const toDoSchema = z
  .strictObject({
    toDoId: z.string(),
    entity: z.string(),
    kind: z.strictObject({ code: z.enum(matterKindNames), name: z.string() }),
    roles: z.array(z.strictObject({ code: z.enum(roleNames), name: z.string() })),
    authority: z.string(),
    authorityName: z.string().optional().describe('there where its registration system told it'),
    pushedBy: z.string().describe('the registration system that pushed the matter'),
    state: z.enum(confirmationStates),
    pushedAt: z.iso.datetime(),
    listedUntil: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    settledAt: z.iso.datetime().optional(),
    evidenceNumber: z.string().optional(),
    refusalNumber: z.string().optional().describe('after 「这不是我办的」: that of the receipt'),
    carried: z
      .strictObject({ version: z.number().int(), signedAt: z.iso.datetime() })
      .optional()
      .describe(
        'there where a newer version, pushed at pushedAt, shows the same text, so that the signature of an earlier one counts for it: its number, and when the person signed',
      ),
    reIssue: z
      .strictObject({
        askable: z.boolean().describe('false: asked within the last 24 hours'),
        requestedAt: z.iso.datetime().optional().describe('when it was last asked for'),
      })
      .optional()
      .describe('there where the registration system can be asked to push it anew: 已超过7天, and not over'),
  })
  .meta({ id: 'ToDo' });

const listSchema = z.strictObject({
  toDos: z.array(toDoSchema),
  carried: z
    .array(toDoSchema)
    .describe(
      'with the open ones, for as long as these would be listed: what was newly pushed and counts as signed, which the person should know',
    ),
  isAllDone: z
    .boolean()
    .describe('nothing is open, and the person confirmed or refused something in this visit'),
});

const detailsSchema = toDoSchema
  .extend({
    textHash: z.string().describe('to be sent along when this text is confirmed'),
    nameDiffers: z
      .boolean()
      .describe('the name that was pushed is not that of the document: it cannot be signed'),
    name: z.string().describe('as pushed, masked'),
    differingNames: z
      .strictObject({ inMatter: z.string(), onDocument: z.string() })
      .optional()
      .describe('there where nameDiffers: both in full, since the person has to find the difference'),
    sections: z.array(
      z.strictObject({
        title: z.string(),
        fields: z.array(z.strictObject({ label: z.string(), value: z.string() })),
      }),
    ),
    documents: z.array(
      z.strictObject({
        name: z.string(),
        sha256: z.string(),
        file: z
          .strictObject({ mediaType: z.enum(documentFileTypes), size: z.number().int() })
          .optional()
          .describe('there where it can be opened: GET …/documents/{sha256}; else it is on paper'),
      }),
    ),
    liability: z.string().describe('in plain words what signing makes the person liable for'),
    liabilityVersion: z.string().describe('of that text, to be sent along with the signature'),
  })
  .meta({ id: 'ToDoDetails' });

// The generator says neither that a tuple has all its items nor that it has no more.
const ofLength = (length: number) => ({ minItems: length, maxItems: length, items: false });

const point = z.union([
  z.tuple([z.number(), z.number(), z.number().min(0)]).meta(ofLength(3)),
  z.tuple([z.number(), z.number(), z.number().min(0), z.number().min(0).max(1)]).meta(ofLength(4)),
]);

const side = z.number().min(50).max(10_000);

const VERIFIED: readonly Step[] = ['to-dos', 'matter-face', 'signing', 'completed'];

/**
 * Before the person is verified nothing tells whether a to-do exists; `stuck` and `face-failed` come after it only within a matter.
 * @throws ApiError
 */
export function mustBeVerified({ step, to_do_id }: JourneyRow): void {
  if (!VERIFIED.includes(step) && to_do_id === null) throw new ApiError('not_allowed_now');
}

function mustBeAtHand({ to_do_id }: JourneyRow, toDoId: string): void {
  if (to_do_id !== toDoId) throw new ApiError('not_found');
}

function reIssueOf(toDo: ToDoView, now: Date): Pick<z.infer<typeof toDoSchema>, 'reIssue'> {
  const rejection = rejectionOfReissue(toDo, now);
  if (rejection !== undefined && rejection !== 'reissue_requested_already') return {};
  const requestedAt = toDo.reissueRequestedAt?.toISOString();
  return { reIssue: { askable: rejection === undefined, ...(requestedAt && { requestedAt }) } };
}

function refusalOf({
  state,
  settledAt,
  settledBy,
}: ToDoView): Pick<z.infer<typeof toDoSchema>, 'refusalNumber'> {
  if (state !== 'refused' || !settledAt || !settledBy) return {};
  return { refusalNumber: refusalNumber(shanghaiDay(settledAt), settledBy) };
}

function carriedOf({ state, version, settledAt }: ToDoView): Pick<z.infer<typeof toDoSchema>, 'carried'> {
  if (state !== 'carried' || !settledAt) return {};
  return { carried: { version, signedAt: settledAt.toISOString() } };
}

/** 待办事项: the list, the details, and what can be done about one. */
export function toDoRoutes(dependencies: ApiDependencies): Route[] {
  const { store, matters, registries, legalTexts } = dependencies;

  type ToDo = z.infer<typeof toDoSchema>;

  /** @returns what presents each of them */
  const presenting = async (toDos: readonly ToDoView[], now: Date): Promise<(toDo: ToDoView) => ToDo> => {
    const nameOf = await namesOfAuthorities(store.knex, toDos);
    return (toDo) => presentToDo(toDo, nameOf(toDo), now);
  };

  const presentToDo = (toDo: ToDoView, authorityName: string | undefined, now: Date): ToDo => ({
    toDoId: toDo.toDoId,
    entity: toDo.entity,
    kind: { code: toDo.kind, name: matterKinds[toDo.kind] },
    roles: toDo.roles.map((role) => ({ code: role, name: roles[role] })),
    authority: toDo.authority,
    ...(authorityName && { authorityName }),
    pushedBy: registries.nameOf(toDo.registry),
    state: toDo.state,
    pushedAt: toDo.pushedAt.toISOString(),
    listedUntil: toDo.listedUntil.toISOString(),
    expiresAt: toDo.expiresAt.toISOString(),
    ...(toDo.settledAt && { settledAt: toDo.settledAt.toISOString() }),
    ...(toDo.evidenceNumber && { evidenceNumber: toDo.evidenceNumber }),
    ...refusalOf(toDo),
    ...carriedOf(toDo),
    ...reIssueOf(toDo, now),
  });

  return [
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/to-dos',
      summary: '待办事项 of this person, newest first',
      audience: 'journey-holder',
      params: journeyId,
      query: z.strictObject({ tab: z.enum(['open', 'past']).default('open') }),
      errors: ['not_allowed_now'],
      responses: { 200: { description: 'The list', schema: listSchema } },
      async handle({ query, journey, now }) {
        mustBeVerified(journey);
        const toDos = await listToDos(store, journey.person_key, query.tab, now);
        const isToTell = ({ state }: ToDoView) => query.tab === 'open' && state === 'carried';
        const present = await presenting(toDos, now);
        const listed = toDos.filter((toDo) => !isToTell(toDo));
        return {
          status: 200,
          body: {
            toDos: listed.map(present),
            carried: toDos.filter(isToTell).map(present),
            isAllDone: listed.length === 0 && (await hasSettled(store.knex, journey)),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/to-dos/:toDoId',
      summary: '业务详情: everything that will be confirmed',
      audience: 'journey-holder',
      params: toDoParams,
      errors: ['not_allowed_now'],
      responses: { 200: { description: 'The details', schema: detailsSchema } },
      async handle({ params, journey, now }) {
        mustBeVerified(journey);
        const { toDoId } = params;
        const [toDo] = await listToDos(store, journey.person_key, { toDoId }, now);
        const content = toDo && (await contentOf(store, store.knex, toDo.matterId));
        const person = await personOf(store, store.knex, journey);
        if (!toDo || !content || !person) throw new ApiError('not_found');
        const present = await presenting([toDo], now);
        const liability = legalTexts.get('liability');
        const nameDiffers = toDo.person.matchKey !== person.matchKey;
        if (nameDiffers) {
          const told = await reportNameDifference(store, { toDo: toDoId, matter: toDo.matterId }, now);
          if (told !== undefined) await matters.reevaluate(told);
        }
        const uploaded = await uploadedDocuments(store, toDo.registry, content.documents);
        const text = textShownTo(content, {
          name: toDo.person.name,
          document: { type: toDo.person.documentType, number: '' },
          roles: toDo.roles,
        });
        return {
          status: 200,
          body: {
            ...present(toDo),
            textHash: toDo.textHash,
            nameDiffers,
            name: maskName(toDo.person.name),
            ...(nameDiffers && {
              differingNames: { inMatter: toDo.person.name, onDocument: person.name },
            }),
            sections: text.sections,
            documents: text.documents.map(({ name, sha256 }) => {
              const file = uploaded.get(sha256);
              return { name, sha256, ...(file && { file }) };
            }),
            liability: liability?.text ?? '',
            liabilityVersion: liability?.version ?? '',
          },
        };
      },
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/to-dos/:toDoId/confirmation',
      summary: '【确认】 below the details: leads to a face check for exactly this text',
      params: toDoParams,
      body: commandBody.extend({ textHash: z.string().regex(/^[0-9a-f]{64}$/) }),
      command: ({ params: { toDoId }, body: { textHash } }) => ({
        command: 'confirm',
        toDo: toDoId,
        textHash,
      }),
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/to-dos/:toDoId/refusal',
      summary: '「这不是我办的」, before and after signing',
      params: toDoParams,
      body: commandBody.extend({ reason: z.enum(refusalReasons) }),
      command: ({ params: { toDoId }, body: { reason } }) => ({ command: 'refuse', toDo: toDoId, reason }),
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/to-dos/:toDoId/re-issue',
      summary: 'Of a to-do that is listed no more: asks the registration system to push it anew',
      params: toDoParams,
      body: commandBody,
      command: ({ params: { toDoId } }) => ({ command: 'ask-re-issue', toDo: toDoId }),
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/to-dos/:toDoId/cancellation',
      summary: '【取消】: this verification is void, the to-do stays',
      params: toDoParams,
      body: commandBody,
      command({ params, journey }) {
        mustBeAtHand(journey, params.toDoId);
        return { command: 'cancel' };
      },
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/to-dos/:toDoId/signature',
      summary: '【确认】 on the signing page',
      params: toDoParams,
      body: commandBody.extend({
        strokes: z.array(z.array(point).min(1).max(5_000)).min(1).max(200),
        width: side,
        height: side,
        liabilityVersion: z.string().max(32).describe('of the text that was shown'),
      }),
      limit: 256 * 1024,
      command({ params, body: { strokes, width, height, liabilityVersion }, journey }) {
        mustBeAtHand(journey, params.toDoId);
        // A page that was opened before a new version came shows the earlier one, and the person signs under that.
        const shown = legalTexts.get('liability', liabilityVersion);
        if (!shown) {
          throw new ApiError('invalid', { issues: [{ path: 'liabilityVersion', code: 'text_unknown' }] });
        }
        const terms = { version: shown.version, textHash: shown.sha256 };
        return {
          command: 'sign',
          toDo: params.toDoId,
          sealed: { kind: 'signature', strokes, width, height, terms },
        };
      },
    }),
  ];
}
