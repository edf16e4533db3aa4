import { faceFailureCodesOf } from './face-failures';

const meanings = { Z1: 'portrait', Z2: 'identity', Z3: 'unavailable' } as const;

test.each([
  ['Z1', ['face_portrait_mismatch']],
  ['Z2', ['face_identity_mismatch']],
  ['Z3', ['face_check_unavailable']],
  // Without a known reason all three advices of the manual.
  ['Z9', ['face_identity_mismatch', 'face_portrait_mismatch', 'face_check_unavailable']],
  ['constructor', ['face_identity_mismatch', 'face_portrait_mismatch', 'face_check_unavailable']],
  [undefined, ['face_identity_mismatch', 'face_portrait_mismatch', 'face_check_unavailable']],
])('%s means %p', (reason, codes) => {
  expect(faceFailureCodesOf(reason, meanings)).toEqual(codes);
});
