import { ApplicationFailure } from '@temporalio/common';
import { AlipayError } from '../alipay/errors';
import type { UndecidedCode } from '../domain/stuck';
import { EncryptionError } from '../platform/encryption';

/**
 * Runs a call to a vendor so that Temporal knows what to do about its failure: ask again later, or not at all. Only codes
 * leave.
 */
export async function callVendor<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    throw ApplicationFailure.create({
      type: error.code,
      message: error.code,
      nonRetryable: error.retry === 'never',
    });
  }
}

/** Says that nobody but a human can tell how it goes on. */
export function undecided(code: UndecidedCode): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: code, nonRetryable: true });
}

/** What opens sealed data: where a key is missing, trying again does not help, and a human has to see to it. */
export function openingSealed<T extends object>(activities: T): T {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (argument: never) => {
        try {
          return await (activity as (argument: never) => Promise<unknown>)(argument);
        } catch (error) {
          if (!(error instanceof EncryptionError)) throw error;
          throw ApplicationFailure.create({ type: error.code, message: error.code, nonRetryable: true });
        }
      },
    ]),
  ) as T;
}

/** The code of a failure that callVendor threw. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ApplicationFailure ? (error.type ?? undefined) : undefined;
}
