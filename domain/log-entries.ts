/** What the transparency log commits to. */
export const logEntryKinds = ['evidence', 'clerk-action', 'evidence-view'] as const;
export type LogEntryKind = (typeof logEntryKinds)[number];

/**
 * The bytes of an entry, in ASCII. They name the kind and nothing else that is not random.
 * @param commitment SHA-256 in hex over something that holds at least 128 random bits
 */
export function logEntryOf(kind: LogEntryKind, commitment: string): string {
  return `${kind} ${commitment}`;
}

/** The kind of an entry. Everybody may read what gets into the log, and nothing can be taken out again. @returns undefined if the text is no entry */
export function kindOfEntry(text: string): LogEntryKind | undefined {
  const [, kind] = /^([a-z-]+) [0-9a-f]{64}$/.exec(text) ?? [];
  return logEntryKinds.find((one) => one === kind);
}
