import canonicalize from 'canonicalize';
import { sealInput } from '../../db/store/sealed-inputs';
import type { CommandPayload } from '../../domain/proven-command';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import type { Command, Commands } from '../../domain/steps';
import { windowCodeRejections } from '../../domain/window-codes';
import { decisionFailures } from '../../domain/decisions';
import { rejections } from '../../workflows/contract';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { ErrorCode } from '../errors';
import type { Outcome } from './commands';

/** The kinds of input that each command can have. */
interface InputKinds {
  enter: 'entry';
  'submit-card': 'bank-card';
  sign: 'signature';
  propose: 'acceptance' | 'name';
}

/** A command before its input is sealed: what it says openly, in `sealed` what becomes its `input`, and in `note` what a clerk added. */
export type CommandDraft<C extends Command = Command> = C extends Command
  ? { command: C } & Unsealed<C, Commands[C]>
  : never;

type Unsealed<C extends Command, Said> = Said extends { noteInput?: string }
  ? UnsealedInput<C, Omit<Said, 'noteInput'>> & { note?: string }
  : UnsealedInput<C, Said>;

type UnsealedInput<C extends Command, Said> = Said extends { input: string }
  ? Omit<Said, 'input'> & { sealed: SealedOf<C> }
  : 'input' extends keyof Said
    ? Omit<Said, 'input'> & { sealed?: SealedOf<C> }
    : Pick<Said, keyof Said> & { sealed?: undefined };
type SealedOf<C extends Command> = C extends keyof InputKinds ? SealedInputOf<InputKinds[C]> : never;

/** By whom a command is given, and on which view of the journey. */
export interface CommandSender {
  /** The account of a person, the id of a clerk, or the login of an operator. */
  account: string;
  /** The same sender with the same key repeats a command instead of giving another one. */
  idempotencyKey: string;
  /** Of a person; clerks and operators name themselves in the command. */
  session?: string;
  expectedRevision?: number;
}

/**
 * Seals what is personal in a command and sends it to a journey. An entry starts the journey if there is none.
 * @param check gets the command's id, and throws if it may not be sent
 */
export async function sendCommand(
  { store, pseudonyms, journeys, now }: Pick<ApiDependencies, 'store' | 'pseudonyms' | 'journeys' | 'now'>,
  journey: string,
  sender: CommandSender,
  draft: CommandDraft,
  check?: (command: string) => Promise<void>,
): Promise<Outcome> {
  const { command, sealed, note, ...data } = { note: undefined, ...draft };
  const { account, idempotencyKey, session, expectedRevision } = sender;
  const updateId = commandIdOf(pseudonyms, journey, sender, draft);
  await check?.(updateId);
  if (sealed) await sealInput(store, updateId, sealed, now());
  const noteInput = pseudonyms.updateId(account, idempotencyKey, 'decision-note', contentOf(journey, draft));
  if (note !== undefined) await sealInput(store, noteInput, { kind: 'decision-note', text: note }, now());
  const by = {
    ...(session !== undefined && { session }),
    ...(expectedRevision !== undefined && { expectedRevision }),
  };
  if (draft.command === 'enter') {
    const { atWindow, sealed: entry } = draft;
    const payload = { ...by, input: updateId, ...(atWindow && { atWindow }) };
    return await journeys.enter({ journey, documentType: entry.documentType, payload, updateId });
  }
  const payload: CommandPayload<Command> = {
    ...data,
    ...(sealed && { input: updateId }),
    ...(note !== undefined && { noteInput }),
    ...by,
  };
  return await journeys.send({ journey, command, payload, updateId });
}

/** The id of the command that `sendCommand` would send: the same draft of the same sender under the same key has the same. */
export function commandIdOf(
  pseudonyms: ApiDependencies['pseudonyms'],
  journey: string,
  { account, idempotencyKey }: CommandSender,
  draft: CommandDraft,
): string {
  return pseudonyms.updateId(account, idempotencyKey, draft.command, contentOf(journey, draft));
}

function contentOf(journey: string, draft: CommandDraft): string {
  // What is undefined is left out of the text.
  const { sealed, note, ...data } = { note: undefined, ...draft, command: undefined };
  return canonicalize({ journey, data, sealed: sealed ?? null, note }) ?? '';
}

/** The errors that say why a journey did not take a command. That another session holds it is told to nobody. */
export const journeyRejections = [
  'journey_closed',
  ...rejections.filter(
    (rejection) => rejection !== 'session_replaced' && rejection !== 'ending' && rejection !== 'unproven',
  ),
  'not_found',
] as const;

/** The error that tells the sender of a command about its outcome; undefined if the command was taken. */
export function errorOfOutcome(outcome: Outcome): ErrorCode | undefined {
  switch (outcome.outcome) {
    case 'done':
    case 'accepted':
      return undefined;
    case 'closed':
      return 'journey_closed';
    case 'rejected':
      return outcome.rejection === 'session_replaced' ? 'not_found' : outcome.rejection;
    case 'unknown':
      return 'temporarily_unavailable';
  }
}

/** The errors that say why a decision was received and could not be carried out. */
export const decisionErrors = [...decisionFailures, 'input_expired', ...windowCodeRejections] as const;

/** The same of a command about a stuck journey, which may be received and not carried out. */
export function errorOfDecision(outcome: Outcome): ErrorCode | undefined {
  if (outcome.outcome !== 'done') return errorOfOutcome(outcome);
  const { step, codes } = outcome.view;
  return step === 'stuck' ? decisionErrors.find((code) => codes.includes(code)) : undefined;
}

/** @param body what stands beside the error */
export function commandError(code: ErrorCode, body?: object): ApiError {
  const isPassing = code === 'busy' || code === 'temporarily_unavailable';
  return new ApiError(code, { ...(body && { body }), ...(isPassing && { retryAfter: RETRY_AFTER_S }) });
}

/** How long after a command that is still being worked on it is worth asking again. */
export const RETRY_AFTER_S = 2;
