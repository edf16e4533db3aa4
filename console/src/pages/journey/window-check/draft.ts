import { validityDefect } from '../../../../../domain/document-validity';
import type { AcceptanceKind } from '../../../../../domain/decisions';
import { checksFor, NO_END, saysValidity } from '../../../../../domain/window-check';
import type { SeenCheck } from '../../../../../domain/window-check';

/** What a clerk has filled in so far. */
export interface Draft {
  acceptance: AcceptanceKind;
  step: Step;
  checks: SeenCheck[];
  /** Of the scan that was uploaded. */
  paperHash?: string;
  windowCode: string;
  /** As `Seen.validUntil`; empty until it is filled in. */
  validUntil: string;
}

/** Where the person is to be accepted. */
export interface Place {
  /** A phone waits that shows a code. */
  hasPhone: boolean;
  /** Within a matter the person signs on paper. */
  isWithinMatter: boolean;
  /** The personal data that the document is compared with is on the screen in full. */
  isShown: boolean;
  /** In China, `YYYY-MM-DD`. */
  today: string;
}

export type Step = 'code' | 'document' | 'comparison' | 'scan' | 'summary';

/** Why a step is not complete. */
export type Missing =
  | 'code_missing'
  | 'person_hidden'
  | 'check_missing'
  | 'validity_missing'
  | 'document_expired'
  | 'valid_until_too_far'
  | 'scan_missing';

const stepOfCheck: Record<SeenCheck, Step> = {
  'document-original': 'document',
  'document-matches': 'document',
  'document-intact': 'document',
  'notary-confirmed': 'document',
  'face-matches': 'comparison',
  'person-willing': 'comparison',
  'signed-at-window': 'scan',
  'signature-notarised': 'scan',
};

export function emptyDraft(hasPhone: boolean): Draft {
  return {
    ...{ acceptance: 'on-site', step: hasPhone ? 'code' : 'document', checks: [] },
    ...{ windowCode: '', validUntil: '' },
  };
}

export function asksCode({ acceptance }: Pick<Draft, 'acceptance'>, { hasPhone }: Place): boolean {
  return acceptance === 'on-site' && hasPhone;
}

/** The steps of an acceptance, in their order. */
export function stepsOf(draft: Pick<Draft, 'acceptance'>, place: Place): Step[] {
  const { acceptance } = draft;
  return [
    ...(asksCode(draft, place) ? (['code'] as const) : []),
    'document',
    ...(acceptance === 'on-site' ? (['comparison'] as const) : []),
    'scan',
    'summary',
  ];
}

export function checksAt(
  step: Step,
  { acceptance }: Pick<Draft, 'acceptance'>,
  { isWithinMatter }: Place,
): SeenCheck[] {
  return checksFor(acceptance, isWithinMatter).filter((check) => stepOfCheck[check] === step);
}

/** What a step still lacks; undefined if it is complete. */
export function missingAt(step: Step, draft: Draft, place: Place): Missing | undefined {
  if (step === 'code' && draft.windowCode.trim() === '') return 'code_missing';
  if (step === 'document' && !place.isShown) return 'person_hidden';
  if (step === 'document' && saysValidity(draft.acceptance)) {
    const { validUntil } = draft;
    if (validUntil === '') return 'validity_missing';
    const defect = validUntil === NO_END ? undefined : validityDefect(validUntil, place.today);
    if (defect) return defect;
  }
  if (step === 'scan' && draft.paperHash === undefined) return 'scan_missing';
  const isCompared = checksAt(step, draft, place).every((check) => draft.checks.includes(check));
  return isCompared ? undefined : 'check_missing';
}

/** The first step that is not complete; the summary if all are. */
export function firstIncomplete(draft: Draft, place: Place): Step {
  return stepsOf(draft, place).find((step) => missingAt(step, draft, place)) ?? 'summary';
}

/** Whether a step can be opened: the acceptance has it, and everything before it is complete. */
export function isReached(step: Step, draft: Draft, place: Place): boolean {
  const steps = stepsOf(draft, place);
  const at = steps.indexOf(step);
  return at >= 0 && at <= steps.indexOf(firstIncomplete(draft, place));
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Keeps a draft through a reload of its page. What is personal is not kept: neither the code nor what stands on the document.
 * @param name of the journey's wait and of the clerk: what one clerk has ticked, no other has
 */
export function createDraftStore(name: string, storage: Kept) {
  const key = `window-check ${name}`;
  return {
    load(empty: Draft): Draft {
      try {
        const kept = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Draft>;
        return { ...empty, ...kept, windowCode: '', validUntil: '' };
      } catch {
        return empty;
      }
    },
    save({ acceptance, step, checks, paperHash }: Draft): void {
      storage.setItem(key, JSON.stringify({ acceptance, step, checks, paperHash }));
    },
    remove: () => storage.removeItem(key),
  };
}
