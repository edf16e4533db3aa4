import { Offline, Refusal } from './api';
import type { Issue } from './api';

/** What went wrong with the last tap. */
export interface Trouble {
  kind: 'refused' | 'offline' | 'session-over' | 'elsewhere' | 'failed';
  code?: string;
  /** In the api's own words. */
  message?: string;
  issues: readonly Issue[];
  /** The same tap, with the same key: what was done is not done twice. */
  again?: () => void;
}

export function troubleOf(error: unknown, again: () => void): Trouble {
  if (error instanceof Offline) return { kind: 'offline', issues: [], again };
  if (!(error instanceof Refusal)) return { kind: 'failed', issues: [], again };
  const { status, code, message, issues } = error;
  // A code of Alipay's is good once: after a lost answer another one helps.
  const mayHelp = status >= 500 || status === 429 || code === 'auth_code_invalid';
  return { kind: 'refused', code, message, issues, ...(mayHelp && { again }) };
}

export function isRefused(error: unknown, code: string): error is Refusal {
  return error instanceof Refusal && error.code === code;
}
