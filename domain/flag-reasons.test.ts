import { flagReasons, flagReasonSentences, flagReasonsFor } from './flag-reasons';
import { flagVerdicts } from './flags';
import { lookReasons } from './looks';
import { reasonCodes } from './reasons';

it('each verdict has reasons of its own, said in Chinese and in English', () => {
  const all = flagVerdicts.flatMap((verdict) => flagReasonsFor(verdict));
  expect([...all].sort()).toEqual([...flagReasons].sort());
  for (const verdict of flagVerdicts) expect(flagReasonsFor(verdict).length).toBeGreaterThan(0);
  for (const code of flagReasons) {
    expect(code.length).toBeLessThanOrEqual(24);
    const { zh, en } = flagReasonSentences(code);
    expect(zh).toMatch(/^\p{Script=Han}.*。$/u);
    expect(en).toMatch(/^[A-Z][^\p{Script=Han}]*\.$/u);
  }
});

it('the record of actions tells them from every other reason', () => {
  const others: readonly string[] = [...lookReasons, ...reasonCodes];
  expect(flagReasons.filter((code) => others.includes(code))).toEqual([]);
});
