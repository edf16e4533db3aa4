import { ApplicationFailure } from '@temporalio/common';
import { AlipayError } from '../alipay/errors';

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

/** The code of a failure that callVendor threw. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ApplicationFailure ? (error.type ?? undefined) : undefined;
}
