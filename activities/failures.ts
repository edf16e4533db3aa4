import { ApplicationFailure } from '@temporalio/common';
import { AlipayError } from '../alipay/errors';
import type { UndecidedCode } from '../domain/stuck';
import { EncryptionError } from '../platform/encryption';

/** A failure that consists of a code: it becomes part of the history, so no message of another error may be in it. */
export function failure(code: string, { nonRetryable = false } = {}): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: code, nonRetryable });
}

/** A result that only a human can decide. */
export function undecided(code: UndecidedCode): ApplicationFailure {
  return failure(code, { nonRetryable: true });
}

/** Calls a vendor. A failed call fails with its code, and Temporal repeats it only where that can help. */
export async function callVendor<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AlipayError
      ? failure(error.code, { nonRetryable: error.retry === 'never' })
      : error;
  }
}

type Activity = (argument: never) => Promise<unknown>;

/** Activities that open sealed data. Where a key is missing a retry does not help: a human has to put the key back. */
export function openingSealed<T extends Record<keyof T, Activity>>(activities: T): T {
  const entries = Object.entries<Activity>(activities);
  return Object.fromEntries(
    entries.map(([name, activity]) => [
      name,
      async (argument: never) => {
        try {
          return await activity(argument);
        } catch (error) {
          throw error instanceof EncryptionError ? failure(error.code, { nonRetryable: true }) : error;
        }
      },
    ]),
  ) as T;
}

/** The code of a failure that `callVendor` threw. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ApplicationFailure ? (error.type ?? undefined) : undefined;
}
