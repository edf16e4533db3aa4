import { z } from 'zod';
import { complaintDefect } from '../../domain/complaints';
import { reasonCodes } from '../../domain/reasons';
import { ApiError } from '../errors';

/** What a clerk writes for other clerks. */
export const noteText = z
  .string()
  .describe('1 to 2,000 characters; shown as text')
  .superRefine((text, context) => {
    const message = complaintDefect(text);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** What goes with everything that clerks decide. */
export const reasonFields = {
  reason: z.enum(reasonCodes).describe('one of those for this decision and cause'),
  note: noteText.optional().describe('what is particular; sealed, and gone with what the person entered'),
};

/** That a reason is one for another decision. */
export function unsuitableReason(): ApiError {
  return new ApiError('invalid', { issues: [{ path: 'reason', code: 'reason_unsuitable' }] });
}
