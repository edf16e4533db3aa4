import { attemptsLeft, debitedBy } from '../../domain/attempts';
import type { CheckPurpose } from '../../domain/attempts';
import { decisionFailures } from '../../domain/decisions';
import { documentTypeNames, documentTypes } from '../../domain/documents';
import { maskName, maskNumber } from '../../domain/names';
import { FACE_CHECK_VALIDITY_MS, IN_PERSON_IDLE_MS } from '../../domain/limits';
import { refusalNumber } from '../../domain/case-numbers';
import { endOfShanghaiDay, shanghaiDay } from '../../domain/shanghai-time';
import { showsWindowCode } from '../../domain/window-codes';
import { countAttempts } from '../../db/attempts/counts';
import { findAttempt } from '../../db/attempts/attempts';
import { personOf } from '../../db/journeys/journeys';
import { hasPortrait } from '../../db/attempts/portraits';
import { lastRefusal, listToDos } from '../../db/confirmations/views';
import { attemptsAskedAt } from '../../db/decisions/stuck';
import { consentForRepeat } from '../../db/journeys/consents';
import { authorityOfToDo } from '../../db/matters/authorities';
import { consentFor, consentKinds } from '../../domain/consents';
import type { ConsentKind } from '../../domain/consents';
import { commandNames, stepNames } from '../../domain/steps';
import type { Command, Step } from '../../domain/steps';
import { stuckCauses } from '../../domain/stuck';
import type { LegalTexts } from '../../texts/legal-texts';
import {
  isUserMessageCode,
  userMessageCodes,
  userMessagesOf,
  stuckMessages,
} from '../../texts/user-messages';
import type { UserMessageCode } from '../../texts/user-messages';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies';
import { authorityContactSchema } from '../registry/authorities';
import type { JourneyRow } from '../../db/tables';
import { isOnlyAtWindow, withoutFaceChecks } from './window-only';

/** What a person is told, in Chinese, with the code by which the mini-program knows its English. */
export const noticeSchema = z.strictObject({
  code: z.enum(userMessageCodes).meta({ id: 'NoticeCode' }),
  message: z.string(),
});

/** Where a journey stands, as the mini-program draws it. */
export const journeyView = z
  .strictObject({
    id: z.string(),
    step: z
      .enum(stepNames)
      .describe('where the journey stands; with no `allowed` commands, the machine is at work'),
    allowed: z.array(z.enum(commandNames)).describe('the commands this step accepts'),
    revision: z.number().int().describe('to be sent along with the next command'),
    caseNumber: z.string().optional().describe('办理编号: by it people and clerks speak about this visit'),
    notices: z.array(noticeSchema),
    person: z
      .strictObject({
        name: z.string(),
        documentType: z.enum(documentTypeNames),
        documentName: z.string(),
        number: z.string(),
      })
      .optional()
      .describe('masked'),
    attempts: z
      .strictObject({ left: z.number().int(), resetsAt: z.iso.datetime() })
      .optional()
      .describe('how often this check may still fail today'),
    onlyAtWindow: z
      .literal(true)
      .optional()
      .describe('there where this person has no face check: every to-do is confirmed at the window'),
    consentsGiven: z
      .array(z.strictObject({ kind: z.enum(consentKinds), version: z.string(), givenAt: z.iso.datetime() }))
      .describe(
        'given for the check of this step, which is repeated: the person is not asked again, and the command carries no consent',
      ),
    consentsNeeded: z
      .array(z.enum(consentKinds))
      .optional()
      .describe(
        'texts that changed since the person agreed: until they agree anew, they can only end or step back',
      ),
    toDoId: z.string().optional(),
    faceCheck: z.strictObject({ certifyId: z.string(), url: z.url() }).optional(),
    hasPortrait: z.boolean().optional(),
    stuck: z
      .strictObject({
        cause: z.enum(stuckCauses),
        message: z.string().describe('what is being looked at, by whom, and what can be done meanwhile'),
        since: z.iso.datetime(),
        showsCode: z.boolean().describe('at the window the phone shows a one-time code: POST …/window-code'),
        authority: authorityContactSchema
          .optional()
          .describe(
            'where to go: of the matter at hand; before the person is verified always the national desk, since an authority would tell that a matter exists',
          ),
        until: z.iso
          .datetime()
          .optional()
          .describe(
            'at the window: then the visit is closed, and the person begins again. Otherwise it waits for the clerks',
          ),
        attemptsAskedAt: z.iso
          .datetime()
          .optional()
          .describe('when the person asked for more attempts: POST …/attempt-requests'),
      })
      .optional(),
    signing: z
      .strictObject({ until: z.iso.datetime(), secondsLeft: z.number().int() })
      .optional()
      .describe('until when the face check proves what is signed, whatever the phone’s clock says'),
    refusal: z
      .strictObject({ number: z.string(), entity: z.string(), at: z.iso.datetime() })
      .optional()
      .describe('after 「这不是我办的」: the receipt'),
    completed: z.strictObject({ evidenceNumber: z.string(), confirmedAt: z.iso.datetime() }).optional(),
  })
  .meta({ id: 'Journey' });

export type JourneyBody = z.infer<typeof journeyView>;

const checkAt: Partial<Record<Step, CheckPurpose>> = {
  face: 'identity-face',
  'face-failed': 'identity-face',
  'matter-face': 'matter-face',
  'bank-card': 'bank-card',
};

/** The commands that a journey accepted when it wrote its row. */
export function allowedOf({ allowed }: Pick<JourneyRow, 'allowed'>): Command[] {
  return JSON.parse(allowed) as Command[];
}

/** What the journey tells person and clerks about its step. A code that only a newer worker knows is left out. */
export function codesOf({ codes }: Pick<JourneyRow, 'codes'>): UserMessageCode[] {
  return (JSON.parse(codes) as string[]).filter(isUserMessageCode);
}

/** The texts that are no longer those the person of a journey agreed to. */
export function consentsNeeded(
  { step, consent_version }: Pick<JourneyRow, 'step' | 'consent_version'>,
  legalTexts: LegalTexts,
): ConsentKind[] {
  const kind = 'personal-information';
  return step === 'closed' || legalTexts.get(kind)?.version === consent_version ? [] : [kind];
}

/** The consents that hold for the check of this step, because the check is repeated. */
export async function consentsGiven(
  { store, legalTexts }: ApiDependencies,
  row: JourneyRow,
): Promise<JourneyBody['consentsGiven']> {
  const purpose = checkOf(row);
  const needed = purpose && consentFor(purpose);
  if (!needed) return [];
  const kinds = purpose === 'matter-face' ? [needed, 'portrait-archiving' as const] : [needed];
  const { id: journey, to_do_id: toDo, started_at: since } = row;
  const given = kinds.map(async (kind) => {
    const version = legalTexts.get(kind)?.version ?? '';
    const found = await consentForRepeat(store.knex, { journey, kind, version, toDo, since });
    return found ? [{ kind, version, givenAt: found.given_at.toISOString() }] : [];
  });
  return (await Promise.all(given)).flat();
}

/** The check that the person can begin at this step. */
function checkOf({ step, to_do_id }: Pick<JourneyRow, 'step' | 'to_do_id'>): CheckPurpose | undefined {
  return to_do_id && step === 'face-failed' ? 'matter-face' : checkAt[step];
}

/** Adds to the projection what the person is shown: masked, and from the database only. */
export async function presentJourney(dependencies: ApiDependencies, row: JourneyRow): Promise<JourneyBody> {
  const { store, alipay, attemptLimits, legalTexts, now: clock } = dependencies;
  const now = clock();
  const purpose = checkOf(row);
  const [person, attempt, counts] = await Promise.all([
    personOf(store, store.knex, row),
    row.attempt_id ? findAttempt(store.knex, row.attempt_id) : undefined,
    purpose &&
      countAttempts(store.knex, {
        account: row.account,
        personKey: row.person_key,
        debits: debitedBy(purpose, row.document_type),
        toDoId: row.to_do_id ?? undefined,
        now,
      }),
  ]);
  const forClerks: readonly UserMessageCode[] = decisionFailures;
  const noticed = codesOf(row).filter((code) => !forClerks.includes(code));
  const view: JourneyBody = {
    id: row.id,
    step: row.step,
    allowed: allowedOf(row),
    revision: row.revision,
    notices: userMessagesOf(noticed),
    consentsGiven: await consentsGiven(dependencies, row),
    ...(row.case_number && { caseNumber: row.case_number }),
  };
  if (person) {
    view.person = {
      name: maskName(person.name),
      documentType: person.documentType,
      documentName: documentTypes[person.documentType].name,
      number: maskNumber(person.number),
    };
    if (isOnlyAtWindow(dependencies, person)) {
      view.onlyAtWindow = true;
      view.allowed = withoutFaceChecks(view.allowed);
    }
  }
  if (purpose && counts) {
    const left = attemptsLeft(purpose, counts, attemptLimits);
    view.attempts = { left, resetsAt: endOfShanghaiDay(now).toISOString() };
  }
  const needed = consentsNeeded(row, legalTexts);
  if (needed.length > 0) view.consentsNeeded = needed;
  if (row.to_do_id) view.toDoId = row.to_do_id;
  if (attempt?.state === 'started' && attempt.certify_id) {
    view.faceCheck = { certifyId: attempt.certify_id, url: alipay.faceCheckUrl(attempt.certify_id) };
  }
  if (attempt?.state === 'passed') {
    view.hasPortrait = await hasPortrait(store.knex, attempt.id, now);
  }
  // Until then nothing helps but a clerk.
  if (row.stuck_cause === 'locked-out') {
    view.attempts = { left: 0, resetsAt: endOfShanghaiDay(now).toISOString() };
  }
  if (row.stuck_cause && row.stuck_at) {
    const message = stuckMessages[row.stuck_cause];
    const showsCode = showsWindowCode({ cause: row.stuck_cause, toDo: row.to_do_id });
    const authority = row.to_do_id
      ? await authorityOfToDo(store.knex, row.to_do_id)
      : dependencies.nationalDesk;
    const askedAt = row.stuck_cause === 'locked-out' && (await attemptsAskedAt(store.knex, row.id));
    view.stuck = {
      ...{ cause: row.stuck_cause, message, since: row.stuck_at.toISOString(), showsCode },
      ...(row.stuck_cause === 'in-person' && {
        until: new Date(row.updated_at.getTime() + IN_PERSON_IDLE_MS).toISOString(),
      }),
      ...(authority && { authority }),
      ...(askedAt && { attemptsAskedAt: askedAt.toISOString() }),
    };
  }
  if (row.step === 'signing' && attempt?.ended_at) {
    const until = new Date(attempt.ended_at.getTime() + FACE_CHECK_VALIDITY_MS);
    const secondsLeft = Math.max(0, Math.floor((until.getTime() - now.getTime()) / 1000));
    view.signing = { until: until.toISOString(), secondsLeft };
  }
  if (noticed.includes('refusal_recorded')) {
    const refused = await lastRefusal(store.knex, { journey: row.id, since: row.started_at });
    const [toDo] = refused ? await listToDos(store, row.person_key, { toDoId: refused.toDoId }, now) : [];
    if (refused && toDo) {
      const number = refusalNumber(shanghaiDay(refused.at), refused.command);
      view.refusal = { number, entity: toDo.entity, at: refused.at.toISOString() };
    }
  }
  if (row.step === 'completed' && row.to_do_id) {
    const [toDo] = await listToDos(store, row.person_key, { toDoId: row.to_do_id }, now);
    if (toDo?.evidenceNumber && toDo.settledAt) {
      view.completed = { evidenceNumber: toDo.evidenceNumber, confirmedAt: toDo.settledAt.toISOString() };
    }
  }
  return view;
}
