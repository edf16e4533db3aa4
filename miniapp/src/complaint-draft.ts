import type { ComplaintKind } from '../../domain/complaints';
import { randomKey } from './api-request';
import { platform } from './platform';

// What was written and not yet sent. It survives a reload of this tab, and signing in again; no other tab sees it.

const DRAFT = 'complaint-draft';

export interface ComplaintDraft {
  /** Undefined until the person has chosen. */
  kind?: ComplaintKind;
  text: string;
  /** However often the draft is sent, also after a reload, the API takes it once: it knows a repeat by this key. */
  key: string;
}

export function keptDraft(): ComplaintDraft {
  const kept = platform.tabStorage.read(DRAFT);
  return kept === undefined ? { text: '', key: randomKey() } : (JSON.parse(kept) as ComplaintDraft);
}

export function keepDraft(draft: ComplaintDraft): void {
  platform.tabStorage.write(DRAFT, JSON.stringify(draft));
}

export function forgetDraft(): void {
  platform.tabStorage.remove(DRAFT);
}
