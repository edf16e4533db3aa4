import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { healsAfterMs, vendorFailures } from '../domain/stuck';
import type { StuckCause } from '../domain/stuck';
import { searchAttributes } from './contract';
import type { Desk, Notice } from './desk';
import { refuse } from './refusal';
import { BackToToDos, Over } from './turns';

const stuckCause = defineSearchAttributeKey(searchAttributes.stuckCause, SearchAttributeType.KEYWORD);

/**
 * Does a piece of work that must succeed. Where it fails beyond its retries the journey waits for a clerk's decision, in
 * sight of the worklist and of Temporal's search, and is never lost to it. Where only time is needed it heals by itself.
 * @param about the to-do at hand: then only this matter is stuck, and the person may turn to the others
 */
export async function sure<T>(desk: Desk, work: () => Promise<T>, about?: Pick<Notice, 'toDo'>): Promise<T> {
  let cause: StuckCause | undefined;
  try {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (isCancellation(error)) throw error;
        const found = causeOf(error);
        if (found !== cause) upsertSearchAttributes([{ key: stuckCause, value: found }]);
        cause = found;
        await waitUntilTriedAgain(desk, { cause, ...about }, healsAfterMs(cause, tries));
      }
    }
  } finally {
    if (cause) upsertSearchAttributes([{ key: stuckCause, value: null }]);
  }
}

/** Returns when the work is to be tried again: somebody decided so, or the time for it has come. */
async function waitUntilTriedAgain(desk: Desk, notice: Notice, wakeAfterMs?: number): Promise<void> {
  const isAboutMatter = notice.toDo !== undefined;
  const heard = await (isAboutMatter
    ? desk.ask('matter-stuck', notice, wakeAfterMs)
    : desk.ask('stuck', notice, wakeAfterMs));
  switch (heard?.command) {
    case undefined:
      return;
    case 'decide':
      if (heard.decision === 'retry') return;
      throw isAboutMatter ? new BackToToDos(['closed_by_clerk']) : new Over(['closed_by_clerk']);
    case 'back':
      throw new BackToToDos();
    case 'refuse':
      throw new BackToToDos([await refuse(heard)]);
    case 'close':
      throw new Over();
  }
}

function causeOf(error: unknown): StuckCause {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  // A time-out has no code: nothing came back from the vendor in the time that its call has.
  if (!(failure instanceof ApplicationFailure)) return 'vendor-unavailable';
  const causes: Readonly<Record<string, StuckCause | undefined>> = vendorFailures;
  return causes[failure.type ?? ''] ?? 'system-fault';
}
