import { expect, test } from 'vitest';
import { NO_END } from '../../../../../domain/window-check';
import {
  checksAt,
  createDraftStore,
  emptyDraft,
  firstIncomplete,
  isReached,
  missingAt,
  stepsOf,
} from './draft';
import type { Draft, Place, Step } from './draft';

const place: Place = { hasPhone: true, isWithinMatter: false, isShown: true, today: '2026-11-28' };
const draftOf = (changes: Partial<Draft> = {}): Draft => ({ ...emptyDraft(true), ...changes });
const complete = (): Draft => {
  const draft = draftOf({ windowCode: '7K3M9P', validUntil: NO_END, paperHash: 'a'.repeat(64) });
  return { ...draft, checks: stepsOf(draft, place).flatMap((step) => checksAt(step, draft, place)) };
};

test.each([
  ['on-site', true, ['code', 'document', 'comparison', 'scan', 'summary']],
  ['on-site', false, ['document', 'comparison', 'scan', 'summary']],
  ['notarised', true, ['document', 'scan', 'summary']],
] as const)('the steps of what is accepted %s, with a phone: %s', (acceptance, hasPhone, steps) => {
  expect(stepsOf({ acceptance }, { ...place, hasPhone })).toEqual(steps);
});

test('a step opens when everything before it is complete', () => {
  expect(firstIncomplete(complete(), place)).toBe('summary');
  const draft = { ...complete(), validUntil: '' };
  expect(['code', 'document', 'comparison'].map((step) => isReached(step as 'code', draft, place))).toEqual([
    true,
    true,
    false,
  ]);
});

test('a step that another acceptance has is not open', () => {
  const draft = draftOf({ acceptance: 'notarised', step: 'code' });
  expect(isReached('code', draft, place)).toBe(false);
});

test.each<[Step, Partial<Draft>, string | undefined]>([
  ['code', { windowCode: ' ' }, 'code_missing'],
  ['document', { validUntil: '' }, 'validity_missing'],
  ['document', { validUntil: '2026-11-27' }, 'document_expired'],
  ['document', { validUntil: '2026-11-28' }, undefined],
  ['document', { validUntil: '9999-01-01' }, 'valid_until_too_far'],
  ['comparison', { checks: [] }, 'check_missing'],
  ['scan', { paperHash: undefined }, 'scan_missing'],
])('the step %s with %j lacks: %s', (step, changes, missing) => {
  expect(missingAt(step, { ...complete(), ...changes }, place)).toBe(missing);
});

test('a document is compared with nothing that is masked, whatever is accepted', () => {
  const hidden = { ...place, isShown: false };
  for (const acceptance of ['on-site', 'notarised'] as const) {
    const draft = { ...complete(), acceptance };
    expect(missingAt('document', draft, hidden)).toBe('person_hidden');
    expect(isReached('scan', draft, hidden)).toBe(false);
  }
});

test('within a matter the signed paper is a check of its own', () => {
  const within = { ...place, isWithinMatter: true };
  expect(missingAt('scan', complete(), place)).toBeUndefined();
  expect(missingAt('scan', complete(), within)).toBe('check_missing');
});

test('a reload keeps what is not personal, for the same clerk and the same wait', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  const store = createDraftStore('journey-1 since clerk-1', storage);
  const draft = { ...complete(), validUntil: '2030-01-02', step: 'scan' as const };
  store.save(draft);
  expect([...kept.values()].join()).not.toMatch(/7K3M9P|2030-01-02/);
  expect(store.load(emptyDraft(true))).toEqual({ ...draft, windowCode: '', validUntil: '' });
  expect(createDraftStore('journey-1 since clerk-2', storage).load(emptyDraft(true))).toEqual(
    emptyDraft(true),
  );
  store.remove();
  expect(store.load(emptyDraft(true))).toEqual(emptyDraft(true));
});
