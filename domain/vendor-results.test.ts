import { bankCardVerdict, faceVerdict, isUnknown } from './vendor-results';
import type { BankCardMeaning, FaceMeaning, Verdict } from './vendor-results';

const faces = {
  Z1: 'portrait',
  Z2: 'identity',
  Z3: 'unavailable',
  Z4: 'source-unusable',
  Z5: 'undecidable',
  Z6: 'poor-picture',
} as const satisfies Record<string, FaceMeaning>;

const cards = {
  N: 'mismatch',
  L: 'card-unusable',
  U: 'unavailable',
  R: 'undecidable',
} as const satisfies Record<string, BankCardMeaning>;

const allAdvices = ['face_identity_mismatch', 'face_portrait_mismatch', 'face_check_unavailable'] as const;

test.each<[string | undefined, Verdict]>([
  ['Z1', { attempt: 'failed', codes: ['face_portrait_mismatch'] }],
  ['Z2', { attempt: 'failed', codes: ['face_identity_mismatch'] }],
  ['Z6', { attempt: 'failed', codes: ['face_picture_poor'] }],
  // The vendor's own fault costs nothing.
  ['Z3', { attempt: 'refunded', codes: ['face_check_unavailable'] }],
  ['Z4', { attempt: 'refunded', undecided: 'source_unusable' }],
  ['Z5', { attempt: 'refunded', undecided: 'result_undecidable' }],
  // An unknown reason needs a human, even one that is the name of a member of every object.
  ['Z9', { attempt: 'refunded', undecided: 'result_undecidable' }],
  ['constructor', { attempt: 'refunded', undecided: 'result_undecidable' }],
  [undefined, { attempt: 'failed', codes: allAdvices }],
])('a face check that failed for %s: %j', (reason, verdict) => {
  expect(faceVerdict(reason, faces)).toEqual(verdict);
});

test.each<[string | undefined, Verdict]>([
  ['N', { attempt: 'failed', codes: ['bank_card_mismatch'] }],
  ['L', { attempt: 'failed', codes: ['bank_card_unusable'] }],
  ['U', { attempt: 'refunded', codes: ['bank_card_check_unavailable'] }],
  ['R', { attempt: 'refunded', undecided: 'result_undecidable' }],
  ['X', { attempt: 'refunded', undecided: 'result_undecidable' }],
  [undefined, { attempt: 'failed', codes: ['bank_card_mismatch'] }],
])('a bank card that does not match for %s: %j', (reason, verdict) => {
  expect(bankCardVerdict(reason, cards)).toEqual(verdict);
});

test('what the configuration has yet to learn', () => {
  expect([isUnknown('Z9', faces), isUnknown('Z1', faces), isUnknown(undefined, faces)]).toEqual([
    true,
    false,
    false,
  ]);
});
