import { randomBytes } from 'node:crypto';
import { loadState, saveState } from '../state';

/** How a person fared on the face page. */
export type FaceEnd =
  | {
      state: 'passed';
      attackFlag?: 'T';
      /** Of 100, as text. */
      score?: string;
      /** None, or the same for everybody; one of its own unless given. */
      picture?: 'none' | 'shared';
    }
  | { state: 'failed'; failReason?: string }
  /** The check stays open. */
  | { state: 'left' }
  | { state: 'expired' };

/** What can be chosen on the face page. */
export const faceOutcomes = {
  pass: { state: 'passed' },
  'not-same-person': { state: 'failed', failReason: 'Z1147' },
  'poor-picture': { state: 'failed', failReason: 'Z1146' },
  leave: { state: 'left' },
  'network-loss': { state: 'left' },
} as const satisfies Record<string, FaceEnd>;

export type FaceOutcome = keyof typeof faceOutcomes;

/** One face check, as Alipay keeps it. */
export interface Bill {
  certifyId: string;
  outerOrderNo: string;
  /** Digest of what the order was for. */
  identity: string;
  /** Whose number it is, if anybody's; the sandbox's state names nobody. */
  account?: string;
  /** Whether the authority knows the number by another name than the one that came with it. */
  nameDiffers: boolean;
  openId: string;
  returnUrl: string;
  wantsPortrait: boolean;
  state: 'initialized' | 'passed' | 'failed';
  /** Whether its page was opened. */
  isBegun: boolean;
  failReason?: string;
  attackFlag?: 'T';
  score?: string;
  picture?: 'none' | 'shared';
  expiresAt: number;
  /** How often this order was sent. */
  times: number;
}

const NAME_DIFFERS: FaceEnd = { state: 'failed', failReason: 'Z5114' };

const LIFETIME_MS = 23 * 3_600_000;

/** Whether the person can still be checked. */
export function isOpen({ state, expiresAt }: Bill): boolean {
  return state === 'initialized' && expiresAt > Date.now();
}

export function createBills(stateFile: string | undefined) {
  const bills = new Map<string, Bill>(loadState<[string, Bill][]>(stateFile, []));
  const save = () => saveState(stateFile, [...bills]);
  return {
    all: () => [...bills.values()],
    find: (certifyId: string) => bills.get(certifyId),
    /** The same order is the same bill. @returns undefined if the number was used for something else */
    open(
      order: Pick<
        Bill,
        'outerOrderNo' | 'identity' | 'account' | 'nameDiffers' | 'openId' | 'returnUrl' | 'wantsPortrait'
      >,
    ): Bill | undefined {
      const known = [...bills.values()].find(({ outerOrderNo }) => outerOrderNo === order.outerOrderNo);
      if (known && known.identity !== order.identity) return undefined;
      const bill: Bill = known ?? {
        ...order,
        certifyId: randomBytes(16).toString('hex'),
        state: 'initialized',
        isBegun: false,
        expiresAt: Date.now() + LIFETIME_MS,
        times: 0,
      };
      bill.times += 1;
      bills.set(bill.certifyId, bill);
      save();
      return bill;
    },
    /** Somebody opened its page. */
    begin(bill: Bill): void {
      bill.isBegun = true;
      save();
    },
    /** Ends a bill that is open, so that it has a result, which it keeps, or none any more. */
    finish(bill: Bill, end: FaceEnd): void {
      if (end.state === 'left') return;
      if (end.state === 'expired') bill.expiresAt = 0;
      else Object.assign(bill, end.state === 'passed' && bill.nameDiffers ? NAME_DIFFERS : end);
      save();
    },
    clear(): void {
      bills.clear();
      save();
    },
  };
}

export type Bills = ReturnType<typeof createBills>;
