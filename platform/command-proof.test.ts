import { randomBytes } from 'node:crypto';
import { createCommandProofs, removingFalseProofs } from './command-proof';
import type { Key } from './key-ring';

const key = (id: string): Key => ({ id, bytes: randomBytes(32) });
const [current, older, foreign] = [key('c-2'), key('c-1'), key('c-2')];
const proofs = createCommandProofs({ commands: [current, older] });

const command = {
  journey: 'journey-1',
  id: 'update-1',
  command: 'refuse',
  payload: { toDo: 'to-do-1', reason: 'not-me', session: 'session-1', expectedRevision: 3 },
  at: 1_000,
} as const;
const proven = proofs.prove<'refuse'>(command);

describe('a proof', () => {
  it('is true for the command with its members in any order', () => {
    expect(proofs.isProven(proven)).toBe(true);
    expect(proofs.isProven(Object.fromEntries(Object.entries(proven).reverse()))).toBe(true);
  });

  it.each([
    ['journey', { journey: 'journey-2' }],
    ['Update', { id: 'update-2' }],
    ['command', { command: 'sign' }],
    ['time', { at: 1_001 }],
    ['session', { payload: { ...command.payload, session: 'session-2' } }],
    ['revision', { payload: { ...command.payload, expectedRevision: 4 } }],
    ['member that was not proven', { clerk: 'somebody' }],
  ])('is false for another %s', (_, change) => {
    expect(proofs.isProven({ ...proven, ...change })).toBe(false);
  });

  it.each([
    ['no text', undefined],
    ['an empty text', ''],
    ['a number', 7],
    ['no key id', proven.proof?.slice(proven.proof.lastIndexOf('.'))],
    ['half of its text', proven.proof?.slice(0, -20)],
    [
      'another key under the same id',
      createCommandProofs({ commands: [foreign] }).prove<'refuse'>(command).proof,
    ],
  ])('with %s is false', (_, proof) => {
    expect(proofs.isProven({ ...proven, proof })).toBe(false);
  });

  it.each([null, undefined, 'text', 1, []])('is missing in %j', (value) => {
    expect(proofs.isProven(value)).toBe(false);
  });

  it('with an earlier key is true while the key is in the ring', () => {
    const before = createCommandProofs({ commands: [older] }).prove<'refuse'>(command);
    expect(proofs.isProven(before)).toBe(true);
    expect(createCommandProofs({ commands: [current] }).isProven(before)).toBe(false);
  });
});

describe('data that a worker receives', () => {
  const decode = async (data: Buffer | string) => {
    const codec = removingFalseProofs(proofs);
    const [payload] = await codec.decode([{ data: Buffer.from(data) }]);
    return JSON.parse(Buffer.from(payload?.data ?? []).toString()) as unknown;
  };

  it('keeps a true proof', async () => {
    expect(await decode(JSON.stringify(proven))).toEqual(proven);
  });

  const forged = JSON.stringify({ ...command, proof: 'c-2.forged' });

  it.each<[string, Buffer | string]>([
    ['in plain form', forged],
    ['with an escaped name', forged.replace('"proof"', '"pr\\u006fof"')],
    ['after a true one', forged.replace('{', `{"proof":${JSON.stringify(proven.proof)},`)],
    ['after a byte order mark', `\uFEFF${forged}`],
    [
      'in bytes that are no UTF-8',
      Buffer.concat([Buffer.from(forged.slice(0, -1)), Buffer.from([0xff]), Buffer.from('"}')]),
    ],
  ])('loses a false proof %s', async (_, data) => {
    const decoded = await decode(data);
    expect((decoded as { proof?: string } | null)?.proof).toBeUndefined();
  });

  it('stays unchanged without a proof', async () => {
    const payload = { data: Buffer.from('{"a":[1, 2]}') };
    expect(await removingFalseProofs(proofs).decode([payload])).toEqual([payload]);
  });
});
