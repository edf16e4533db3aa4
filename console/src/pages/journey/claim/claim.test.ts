import { expect, test } from 'vitest';
import { CLAIM_MS } from '../../../../../domain/worklist';
import { ApiFailure } from '../../../client';
import type { FailureCode, WorklistEntry } from '../../../client';
import { createClaimKeeper, standingOf } from './claim-keeper';
import { announceTab } from './own-tabs';
import { snoozeTime, typedTime } from './snooze-times';

const entry = (change: number, claim?: WorklistEntry['claim'], since = '1'): WorklistEntry => ({
  ...{ journey: 'a', change, cause: 'in-person', priority: 1, since, due: 'paused' },
  ...{ authority: '110105', documentType: 'resident-id', ...(claim && { claim }) },
});
const claimOf = (clerk: string) => ({ clerk, until: '2026-11-28T00:00:00.000Z', isOwn: clerk === 'me' });

function keeping() {
  const asked: string[] = [];
  let refusal: FailureCode | undefined;
  let now = 0;
  const request = (name: string) => async () => {
    asked.push(name);
    if (refusal) throw new ApiFailure(refusal);
    return 5;
  };
  const keeper = createClaimKeeper({
    requests: {
      claim: request('claim'),
      renew: request('renew'),
      release: request('release'),
    },
    lost: () => void asked.push('read'),
    now: () => now,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    keeper,
    asked,
    settled,
    refuse: (code?: FailureCode) => void (refusal = code),
    later: (ms: number) => void (now += ms),
    standing: (seen: WorklistEntry | undefined) => standingOf(seen, keeper.state(), true),
  };
}

test('opening claims once for each time that a journey waits, and leaving gives it back', async () => {
  const { keeper, asked, settled, standing } = keeping();
  keeper.see(entry(1));
  keeper.see(entry(1));
  await settled();
  expect(standing(entry(5, claimOf('me')))).toBe('own');
  keeper.see(undefined);
  expect(standing(undefined)).toBe('none');
  keeper.see(entry(9, undefined, '2'));
  await settled();
  keeper.leave();
  keeper.leave();
  expect(asked).toEqual(['claim', 'claim', 'release']);
});

test('what another clerk has is only looked at, and is not claimed by itself once it is free', async () => {
  const { keeper, asked, settled, standing } = keeping();
  keeper.see(entry(1, claimOf('other')));
  expect(standing(entry(1, claimOf('other')))).toBe('others');
  keeper.see(entry(2));
  expect(standing(entry(2))).toBe('free');
  await keeper.ask();
  await settled();
  expect([asked, standing(entry(5, claimOf('me')))]).toEqual([['claim'], 'own']);
});

test('a claim that is over is not taken up by itself', async () => {
  const { keeper, asked, refuse, settled, standing } = keeping();
  keeper.see(entry(1));
  await settled();
  await keeper.beat();
  refuse('claim_expired');
  await keeper.beat();
  await keeper.beat();
  keeper.see(entry(6));
  expect([asked, standing(entry(6))]).toEqual([['claim', 'renew', 'renew', 'read'], 'over']);
  refuse(undefined);
  await keeper.ask();
  expect(standing(entry(7, claimOf('me')))).toBe('own');
});

test('what was read before the claim does not end it, and what was read after it does', async () => {
  const { keeper, settled, standing } = keeping();
  keeper.see(entry(1));
  await settled();
  keeper.see(entry(4));
  expect(standing(entry(5, claimOf('me')))).toBe('own');
  keeper.see(entry(6));
  expect(standing(entry(6))).toBe('over');
});

test('without a connection a claim is held for as long as the api holds it', async () => {
  const { keeper, settled, refuse, later, standing } = keeping();
  keeper.see(entry(1));
  await settled();
  refuse('unreachable');
  later(CLAIM_MS - 1);
  await keeper.beat();
  expect(standing(entry(5, claimOf('me')))).toBe('own');
  later(2);
  await keeper.beat();
  expect(standing(entry(5, claimOf('me')))).toBe('over');
});

test('a journey that was passed on is not claimed back, nor given back once more', async () => {
  const { keeper, asked, settled, standing } = keeping();
  keeper.see(entry(1));
  await settled();
  keeper.passOn();
  keeper.see(entry(6));
  keeper.leave();
  expect([asked, standing(entry(6))]).toEqual([['claim'], 'free']);
});

test('tabs of one browser know of each other, for each journey', () => {
  const channels: { hear: (data: unknown) => void }[] = [];
  const open = (journey: string, tab: string) => {
    const listeners: ((event: MessageEvent<unknown>) => void)[] = [];
    const own = {
      hear: (data: unknown) => listeners.forEach((one) => one({ data } as MessageEvent<unknown>)),
    };
    channels.push(own);
    return announceTab(
      {
        postMessage: (message) => channels.forEach((one) => one !== own && one.hear(message)),
        addEventListener: (_, listener) => void listeners.push(listener),
        close: () => void channels.splice(channels.indexOf(own), 1),
      },
      journey,
      tab,
    );
  };
  const first = open('a', '1');
  const second = open('a', '2');
  const third = open('b', '3');
  expect([first, second, third].map((tab) => tab.isAlone())).toEqual([false, false, true]);
  second.leave();
  expect(first.isAlone()).toBe(true);
});

test('times to put off until are those of China', () => {
  const morning = Date.parse('2026-11-28T10:30:00+08:00');
  const at = (choice: Parameters<typeof snoozeTime>[0], now = morning) =>
    snoozeTime(choice, now)?.toISOString();
  expect([at('hour'), at('afternoon'), at('tomorrow'), at('days')]).toEqual([
    ...['2026-11-28T03:30:00.000Z', '2026-11-28T06:00:00.000Z'],
    ...['2026-11-29T01:00:00.000Z', '2026-12-01T01:00:00.000Z'],
  ]);
  expect(at('afternoon', morning + 4 * 3_600_000)).toBeUndefined();
  // After midnight in China it is still the day before in London.
  expect(at('tomorrow', Date.parse('2026-11-29T00:30:00+08:00'))).toBe('2026-11-30T01:00:00.000Z');
  expect(typedTime('2026-11-29T09:00')?.toISOString()).toBe('2026-11-29T01:00:00.000Z');
  expect(typedTime('')).toBeUndefined();
});
