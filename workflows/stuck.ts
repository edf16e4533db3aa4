import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { StuckCause } from '../domain/stuck';
import { searchAttributes } from './contract';
import type { Desk, Notice } from './desk';
import { refuse } from './refusal';
import { BackToToDos, Over } from './turns';

const stuckCause = defineSearchAttributeKey(searchAttributes.stuckCause, SearchAttributeType.KEYWORD);

/**
 * Does a piece of work that must succeed. Where it fails beyond its retries the journey waits for a clerk's decision, in
 * sight of the worklist and of Temporal's search, and is never lost to it.
 * @param about the to-do at hand: then only this matter is stuck, and the person may turn to the others
 */
export async function sure<T>(desk: Desk, work: () => Promise<T>, about?: Pick<Notice, 'toDo'>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isCancellation(error)) throw error;
      await waitForDecision(desk, causeOf(error), about);
    }
  }
}

/** Returns when the work is to be tried again. */
async function waitForDecision(desk: Desk, cause: StuckCause, about?: Pick<Notice, 'toDo'>): Promise<void> {
  upsertSearchAttributes([{ key: stuckCause, value: cause }]);
  try {
    const heard = about
      ? await desk.ask('matter-stuck', { cause, ...about })
      : await desk.ask('stuck', { cause });
    switch (heard.command) {
      case 'decide':
        if (heard.decision === 'retry') return;
        throw about ? new BackToToDos(['closed_by_clerk']) : new Over(['closed_by_clerk']);
      case 'back':
        throw new BackToToDos();
      case 'refuse':
        throw new BackToToDos([await refuse(heard)]);
      case 'close':
        throw new Over();
    }
  } finally {
    upsertSearchAttributes([{ key: stuckCause, value: null }]);
  }
}

function causeOf(error: unknown): StuckCause {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  // A time-out has no code: nothing came back from the vendor in the time that its call has.
  if (!(failure instanceof ApplicationFailure)) return 'vendor-unavailable';
  if (!failure.type?.startsWith('alipay_')) return 'system-fault';
  return failure.nonRetryable ? 'vendor-refused' : 'vendor-unavailable';
}
