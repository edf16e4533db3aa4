import { PROOF_VALIDITY_MS } from './limits';
import { isProvenFor } from './proven-command';

const proven = {
  journey: 'journey-1',
  id: 'update-1',
  command: 'refuse' as const,
  at: 1_000,
  proof: 'c-1.true',
};
const to = { journey: 'journey-1', id: 'update-1', command: 'refuse', now: 1_000 } as const;

it.each([
  ['takes what was made for it', {}, true],
  ['rejects what was made for another journey', { journey: 'journey-2' }, false],
  ['rejects what was made under another Update', { id: 'update-2' }, false],
  ['rejects it under another name', { command: 'sign' as const }, false],
  ['takes it for ten minutes', { now: 1_000 + PROOF_VALIDITY_MS - 1 }, true],
  ['rejects it afterwards', { now: 1_000 + PROOF_VALIDITY_MS }, false],
])('a journey %s', (_, change, expected) => {
  expect(isProvenFor(proven, { ...to, ...change })).toBe(expected);
});

it.each([null, undefined, {}, { ...proven, proof: undefined }, { ...proven, at: undefined }])(
  'a journey rejects %j',
  (sent) => {
    expect(isProvenFor(sent, to)).toBe(false);
  },
);
