const messages = {
  log_shrunk: 'The log has fewer leaves than its last published checkpoint',
  log_rewritten: 'The log has other leaves than its last published checkpoint',
  log_incomplete: 'The log lacks rows that it had',
  log_entry_malformed: 'What waits for a leaf of the log is no commitment',
  log_head_unreadable: 'The last published checkpoint of the log cannot be read',
} as const;

export type Inconsistency = keyof typeof messages;

export const inconsistencies: readonly string[] = Object.keys(messages);

/** The log does not continue what was published. Nothing may be signed then: docs/operations.md, "The transparency log". */
export class LogInconsistentError extends Error {
  constructor(readonly code: Inconsistency) {
    super(`${messages[code]}.`);
    this.name = 'LogInconsistentError';
  }
}
