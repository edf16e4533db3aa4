import { createHash, randomBytes } from 'node:crypto';
import { loadState, saveState } from '../state';

/** One face check, as Alipay keeps it. */
export interface Bill {
  certifyId: string;
  outerOrderNo: string;
  /** Hash of name and number: the sandbox's state names nobody. */
  person: string;
  openId: string;
  returnUrl: string;
  wantsPortrait: boolean;
  state: 'initialized' | 'passed' | 'failed';
  failReason?: string;
  expiresAt: number;
  /** How often this order was sent. */
  times: number;
}

export type FaceOutcome = 'pass' | 'not-same-person' | 'poor-picture' | 'leave' | 'network-loss';

export const faceOutcomes = ['pass', 'not-same-person', 'poor-picture', 'leave', 'network-loss'] as const;

const reasons: Partial<Record<FaceOutcome, string>> = { 'not-same-person': 'Z1147', 'poor-picture': 'Z1146' };

const LIFETIME_MS = 23 * 3_600_000;

export function createBills(stateFile: string | undefined) {
  const bills = new Map<string, Bill>(loadState<[string, Bill][]>(stateFile, []));
  const save = () => saveState(stateFile, [...bills]);
  return {
    all: () => [...bills.values()],
    find: (certifyId: string) => bills.get(certifyId),
    /** The same order number is the same bill. */
    open(
      order: Pick<Bill, 'outerOrderNo' | 'openId' | 'returnUrl' | 'wantsPortrait'> & {
        name: string;
        number: string;
      },
    ): Bill {
      const person = createHash('sha256').update(`${order.name}\n${order.number}`).digest('hex');
      const known = [...bills.values()].find(({ outerOrderNo }) => outerOrderNo === order.outerOrderNo);
      const { outerOrderNo, openId, returnUrl, wantsPortrait } = order;
      const bill: Bill = known ?? {
        certifyId: randomBytes(16).toString('hex'),
        outerOrderNo,
        person,
        openId,
        returnUrl,
        wantsPortrait,
        state: 'initialized',
        expiresAt: Date.now() + LIFETIME_MS,
        times: 0,
      };
      bill.times += 1;
      bills.set(bill.certifyId, bill);
      save();
      return bill;
    },
    /** How the person fared; a bill with a result keeps it. */
    finish(bill: Bill, outcome: FaceOutcome): void {
      if (bill.state !== 'initialized' || bill.expiresAt <= Date.now()) return;
      if (outcome === 'leave' || outcome === 'network-loss') return;
      bill.state = outcome === 'pass' ? 'passed' : 'failed';
      bill.failReason = reasons[outcome];
      save();
    },
    expire(bill: Bill): void {
      bill.expiresAt = 0;
      save();
    },
    clear(): void {
      bills.clear();
      save();
    },
  };
}

export type Bills = ReturnType<typeof createBills>;
