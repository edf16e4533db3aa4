import { z } from 'zod';
import type { JourneyRow } from '../../db/tables';
import { phoneAfter } from '../../domain/decisions';
import type { AcceptanceKind } from '../../domain/decisions';
import { validityDefect } from '../../domain/document-validity';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { shanghaiDay } from '../../domain/shanghai-time';
import { checksFor, NO_END, saysValidity, seenChecks } from '../../domain/window-check';
import type { Seen } from '../../domain/window-check';
import { readWindowCode, showsWindowCode } from '../../domain/window-codes';
import { ApiError } from '../errors';
import type { Issue } from '../errors';

/** What a clerk has seen; the same for the one who proposes and the one who reviews. */
export const seenSchema = z.strictObject({
  checks: z
    .array(z.enum(seenChecks))
    .max(seenChecks.length)
    .describe('what was compared: all that this acceptance needs, and nothing else'),
  validUntil: z
    .union([z.iso.date(), z.literal(NO_END)])
    .optional()
    .describe('the last day on the document that was at the window'),
});

/** What goes with a proposal to accept somebody, beside the scan. */
export const acceptanceFields = {
  seen: seenSchema,
  windowCode: z
    .string()
    .max(40)
    .optional()
    .describe('what the person’s phone shows; needed for `on-site` before the to-dos, and nowhere else'),
};

interface Accepting {
  acceptance: AcceptanceKind;
  seen: Seen;
  windowCode?: string;
}

/** What is sealed of a proposal. @throws ApiError where something is missing, malformed or out of place */
export function acceptanceOf(
  journey: JourneyRow,
  proposed: Accepting,
  now: Date,
): SealedInputOf<'acceptance'> {
  const windowCode = readCode(journey, proposed);
  const issues = [
    ...(typeof windowCode === 'object' ? [windowCode] : []),
    ...issuesOfSeen(journey, proposed, now),
  ];
  if (issues.length > 0) throw new ApiError('invalid', { issues });
  const { seen } = proposed;
  return { kind: 'acceptance', seen, ...(typeof windowCode === 'string' && { windowCode }) };
}

function readCode(journey: JourneyRow, { acceptance, windowCode: typed }: Accepting) {
  const { stuck_cause: cause, to_do_id: toDo } = journey;
  const isNeeded = phoneAfter(acceptance) === 'proven' && showsWindowCode({ cause, toDo });
  if (!isNeeded && typed === undefined) return undefined;
  const code = typed === undefined ? undefined : readWindowCode(typed);
  if (isNeeded && code !== undefined) return code;
  const defect = isNeeded
    ? typed === undefined
      ? 'window_code_missing'
      : 'window_code_malformed'
    : 'window_code_not_asked';
  return { path: 'windowCode', code: defect };
}

function issuesOfSeen(
  { to_do_id: toDo }: JourneyRow,
  { acceptance, seen: { checks, validUntil } }: Accepting,
  now: Date,
): Issue[] {
  const needed = checksFor(acceptance, toDo !== null);
  const isComplete = needed.every((one) => checks.includes(one));
  const isExact = isComplete && checks.length === needed.length;
  const defect = !saysValidity(acceptance)
    ? validUntil !== undefined && 'validity_not_asked'
    : validUntil === undefined
      ? 'validity_missing'
      : validUntil !== NO_END && validityDefect(validUntil, shanghaiDay(now));
  return [
    ...(isExact ? [] : [{ path: 'seen.checks', code: isComplete ? 'check_not_asked' : 'check_missing' }]),
    ...(defect ? [{ path: 'seen.validUntil', code: defect }] : []),
  ];
}
