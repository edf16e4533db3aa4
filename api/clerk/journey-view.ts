import { z } from 'zod';
import { namesOf } from '../../db/clerks/clerks';
import type { Clerk } from '../../db/clerks/clerks';
import { countAttempts } from '../../db/attempts/counts';
import { listDecisions, nameOf, seenOf } from '../../db/decisions/decisions';
import { personOf, WINDOW_SESSION } from '../../db/journeys/journeys';
import { listToDos } from '../../db/confirmations/views';
import { findInWorklist } from '../../db/decisions/worklist';
import { hasRight } from '../../domain/clerks';
import { attemptsLeft, debitedBy } from '../../domain/attempts';
import {
  acceptanceKinds,
  decisionNames,
  decisionsFor,
  decisionStates,
  phoneAfter,
  phoneStates,
} from '../../domain/decisions';
import { documentTypeNames, documentTypes } from '../../domain/documents';
import { optionsAt } from '../../domain/effects';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../domain/limits';
import { confirmationStates } from '../../domain/matter-states';
import { MASKED_DATE, maskName, maskNumber } from '../../domain/names';
import { reasonCodes } from '../../domain/reasons';
import { matterKindNames, roleNames } from '../../domain/roles';
import { endOfShanghaiDay } from '../../domain/shanghai-time';
import { stepNames } from '../../domain/steps';
import { stuckCauses } from '../../domain/stuck';
import type { Seen } from '../../domain/window-check';
import { showsWindowCode } from '../../domain/window-codes';
import { phoneMessages } from '../../texts/user-messages';
import type { ApiDependencies } from '../dependencies';
import type { DecisionRow, JourneyRow } from '../../db/tables';
import { codesOf, journeyView, noticeSchema, presentJourney } from '../journeys/view';
import type { JourneyBody } from '../journeys/view';
import { seenSchema } from './acceptance';
import { notesForClerk, notesView } from './notes-view';
import { presentStory, storyView } from './story-view';
import { clerksIn, namedClerks, presentEntry, worklistEntry } from './worklist-entry';

const time = z.iso.datetime();

const decision = z.strictObject({
  id: z.string(),
  decision: z.enum(decisionNames),
  cause: z.enum(stuckCauses),
  state: z.enum(decisionStates).describe('taken; or proposed, then approved, declined, withdrawn or void'),
  reason: z.enum(reasonCodes).optional().describe('missing in earlier ones'),
  note: z.string().optional().describe('to be shown as text; only for roles that may decide'),
  reviewReason: z.enum(reasonCodes).optional(),
  reviewNote: z.string().optional().describe('the same'),
  clerk: z.string().optional(),
  operator: z.string().optional().describe('where no clerk could be reached'),
  reviewer: z.string().optional(),
  acceptance: z.enum(acceptanceKinds).optional(),
  paperHash: z.string().optional(),
  attempts: z.number().int().optional(),
  decidedAt: time,
  expiresAt: time.optional(),
  settledAt: time.optional(),
});

/** What the proposer has seen, without what the document says. */
const maskedSeen = seenSchema.extend({ validUntil: z.literal(MASKED_DATE).optional() });

/** What of the person's own view a clerk is shown: not the address of the face check, which would open it. */
const seenView = journeyView
  .omit({ faceCheck: true })
  .extend({ hasFaceCheck: z.boolean().describe('one has begun, and may be reported') });
/** What a decision will do (domain/effects.ts). */
export const effects = z
  .strictObject({
    next: z
      .enum(['check-result', 'check-page', 'to-dos', 'completed', 'closed'])
      .describe('where the person comes to'),
    asksVendor: z.enum(['yes', 'maybe', 'no']),
    confirms: z.boolean(),
    tellsRegistry: z.boolean(),
    attemptsLeft: z.strictObject({ face: z.number().int(), bankCard: z.number().int() }).optional(),
    undo: z.enum(['never', 'until-reviewed']),
  })
  .meta({ id: 'Effects' });

const option = z.strictObject({
  decision: z.enum(decisionNames),
  acceptance: z.enum(acceptanceKinds).optional(),
  attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
  effects: effects.describe('of what needs two clerks: once the second has approved'),
});

/** A journey, as the clerks who may see it are shown it. */
export const clerkJourneyView = z
  .strictObject({
    id: z.string(),
    step: z.enum(stepNames),
    revision: z.number().int().describe('to be sent along with what is decided on this view'),
    codes: z.array(noticeSchema.shape.code),
    authorities: z.array(z.string()),
    stuck: z
      .strictObject({
        cause: z.enum(stuckCauses),
        since: time,
        decisions: z.array(z.enum(decisionNames)),
        options: z.array(option),
      })
      .optional()
      .describe('why it waits, and what can be decided'),
    person: z
      .strictObject({
        name: z.string(),
        enteredAs: z.string().optional().describe('before clerks corrected the written form'),
        documentType: z.enum(documentTypeNames),
        documentName: z.string(),
        number: z.string(),
        validUntil: z.string().optional(),
      })
      .optional()
      .describe('masked; POST …/person shows it in full'),
    phone: z
      .strictObject({ state: z.enum(phoneStates), message: z.string() })
      .optional()
      .describe(
        'before the to-dos: whether the phone that will open them, once accepted, is known to be the person’s',
      ),
    toDo: z
      .strictObject({
        toDoId: z.string(),
        textHash: z.string(),
        entity: z.string(),
        kind: z.enum(matterKindNames),
        roles: z.array(z.enum(roleNames)),
        authority: z.string(),
        state: z.enum(confirmationStates),
      })
      .optional(),
    attempts: z.strictObject({
      faceLeft: z.number().int(),
      bankCardLeft: z.number().int(),
      granted: z.number().int(),
      resetsAt: time,
    }),
    proposal: decision
      .extend({ name: z.string().optional(), seen: maskedSeen.optional() })
      .optional()
      .describe('name and validity are masked; POST …/person shows them in full'),
    decisions: z.array(decision),
    worklist: worklistEntry.optional().describe('the same as in the list, while it waits for clerks'),
    ...notesView,
    clerks: namedClerks,
    ...storyView,
    seen: seenView
      .optional()
      .describe('what the mini-program draws, from the same view; without, nobody has a phone there'),
    workflow: z.url().optional().describe('in Temporal’s UI, for whom it is'),
  })
  .meta({ id: 'ClerkJourney' });

type ClerkJourneyView = z.infer<typeof clerkJourneyView>;

/** Masked. What a clerk sees in full is a look of its own (personal-data.ts). */
export async function presentJourneyForClerk(
  dependencies: ApiDependencies,
  { journey, authorities }: { journey: JourneyRow; authorities: string[] },
  clerk: Pick<Clerk, 'id' | 'scope' | 'role'>,
): Promise<ClerkJourneyView> {
  const { store, attemptLimits, now: clock, temporalUi } = dependencies;
  const now = clock();
  const { knex } = store;
  const { id, account, person_key: personKey, to_do_id: toDoId } = journey;
  const face = toDoId === null ? 'identity-face' : 'matter-face';
  const [person, toDos, counts, decisions, told, waiting, onPhone] = await Promise.all([
    personOf(store, knex, journey),
    toDoId === null ? [] : listToDos(store, personKey, { toDoId }, now),
    countAttempts(knex, {
      ...{ account, personKey, now },
      debits: debitedBy(face, journey.document_type),
      toDoId: toDoId ?? undefined,
    }),
    listDecisions(knex, id),
    presentStory(dependencies, journey, now),
    findInWorklist(knex, id, clerk.scope),
    journey.session_id === WINDOW_SESSION ? undefined : presentJourney(dependencies, journey),
  ]);
  const about = { journey: id, decisions };
  const { notes, notesHidden, ofDecisions } = await notesForClerk(store, about, clerk.role);
  const present = (row: DecisionRow) => ({ ...presentDecision(row), ...ofDecisions.get(row.id) });
  const pending = decisions.find(({ state }) => state === 'proposed');
  const proposedName = pending?.name ? await nameOf(store, knex, pending) : undefined;
  const seen = pending && (await seenOf(store, knex, pending));
  const [toDo] = toDos;
  const { stuck_cause: cause, stuck_at: since } = journey;
  const phone = phoneAfter(pending?.acceptance);
  return {
    id,
    step: journey.step,
    revision: journey.revision,
    codes: codesOf(journey),
    authorities,
    ...(cause &&
      since && {
        stuck: {
          ...{ cause, since: since.toISOString(), decisions: decisionsFor(cause) },
          options: optionsAt({
            ...{ cause, atToDo: toDoId !== null, hasPhone: journey.session_id !== WINDOW_SESSION },
            attempts: { counts, limits: attemptLimits },
          }),
        },
      }),
    ...(person && {
      person: {
        name: maskName(person.name),
        ...(person.enteredAs !== undefined && { enteredAs: maskName(person.enteredAs) }),
        documentType: person.documentType,
        documentName: documentTypes[person.documentType].name,
        number: maskNumber(person.number),
        ...(person.validUntil !== undefined && { validUntil: MASKED_DATE }),
      },
    }),
    ...(showsWindowCode({ cause, toDo: toDoId }) && {
      phone: { state: phone, message: phoneMessages[phone] },
    }),
    ...(toDo && {
      toDo: {
        toDoId: toDo.toDoId,
        textHash: toDo.textHash,
        entity: toDo.entity,
        kind: toDo.kind,
        roles: toDo.roles,
        authority: toDo.authority,
        state: toDo.state,
      },
    }),
    attempts: {
      faceLeft: attemptsLeft(face, counts, attemptLimits),
      bankCardLeft: attemptsLeft('bank-card', counts, attemptLimits),
      granted: counts.granted,
      resetsAt: endOfShanghaiDay(now).toISOString(),
    },
    ...(pending && {
      proposal: {
        ...present(pending),
        ...(proposedName !== undefined && { name: maskName(proposedName) }),
        ...(seen && { seen: maskSeen(seen) }),
      },
    }),
    decisions: decisions.map(present),
    ...(waiting && { worklist: presentEntry(waiting, clerk.id, now) }),
    notes: notes.map(({ writtenAt, ...note }) => ({ ...note, writtenAt: writtenAt.toISOString() })),
    ...(notesHidden && { notesHidden }),
    clerks: await namesOf(knex, [
      ...clerksIn(waiting ? [waiting] : []),
      ...notes.map((note) => note.clerk),
      ...decisions.flatMap(({ clerk: by, reviewer }) => [by ?? [], reviewer ?? []].flat()),
    ]),
    ...told,
    ...(onPhone && { seen: withoutSecrets(onPhone) }),
    ...(temporalUi && hasRight(clerk.role, 'see-workflows') && { workflow: `${temporalUi}/${id}` }),
  };
}

function maskSeen({ checks, validUntil }: Seen): z.infer<typeof maskedSeen> {
  return { checks, ...(validUntil !== undefined && { validUntil: MASKED_DATE }) };
}

function withoutSecrets({ faceCheck, ...seen }: JourneyBody): z.infer<typeof seenView> {
  return { ...seen, hasFaceCheck: faceCheck !== undefined };
}

function presentDecision(row: DecisionRow): z.infer<typeof decision> {
  const {
    id,
    decision: what,
    cause,
    state,
    clerk,
    operator,
    reviewer,
    acceptance,
    paper_hash,
    attempts,
  } = row;
  return {
    ...{ id, decision: what, cause, state, decidedAt: row.decided_at.toISOString() },
    ...(row.reason && { reason: row.reason }),
    ...(row.review_reason && { reviewReason: row.review_reason }),
    ...(clerk && { clerk }),
    ...(operator && { operator }),
    ...(reviewer && { reviewer }),
    ...(acceptance && { acceptance }),
    ...(paper_hash && { paperHash: paper_hash }),
    ...(attempts && { attempts }),
    ...(row.expires_at && { expiresAt: row.expires_at.toISOString() }),
    ...(row.settled_at && { settledAt: row.settled_at.toISOString() }),
  };
}
