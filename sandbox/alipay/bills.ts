import { randomBytes } from 'node:crypto';
import { loadState, saveState } from '../state';

/** The end of a person's visit to the face page. */
export type FaceEnd =
  | {
      state: 'passed';
      attackFlag?: 'T';
      /** 0–100, as text. */
      score?: string;
      /** No picture, or one picture shared by all persons; by default each check has its own. */
      picture?: 'none' | 'shared';
    }
  | { state: 'failed'; failReason?: string }
  /** The check stays open. */
  | { state: 'left' }
  | { state: 'expired' };

/** The choices on the face page. */
export const faceOutcomes = {
  pass: { state: 'passed' },
  'not-same-person': { state: 'failed', failReason: 'Z1147' },
  'poor-picture': { state: 'failed', failReason: 'Z1146' },
  leave: { state: 'left' },
  'network-loss': { state: 'left' },
} as const satisfies Record<string, FaceEnd>;

export type FaceOutcome = keyof typeof faceOutcomes;

/** One face check, as Alipay stores it. */
export interface Bill {
  certifyId: string;
  outerOrderNo: string;
  /** Digest of the order's content. */
  identity: string;
  /** Account of the person with this document number, if there is one. The state file contains no names or numbers. */
  account?: string;
  /** Whether the name in the order differs from the authority's name for this number. */
  nameDiffers: boolean;
  openId: string;
  returnUrl: string;
  wantsPortrait: boolean;
  state: 'initialized' | 'passed' | 'failed';
  /** Whether somebody opened its page. */
  isBegun: boolean;
  failReason?: string;
  attackFlag?: 'T';
  score?: string;
  picture?: 'none' | 'shared';
  expiresAt: number;
  /** Number of times that this order was sent. */
  times: number;
}

const NAME_DIFFERS: FaceEnd = { state: 'failed', failReason: 'Z5114' };

const LIFETIME_MS = 23 * 3_600_000;

/** Whether the check can still take place. */
export function isOpen({ state, expiresAt }: Bill): boolean {
  return state === 'initialized' && expiresAt > Date.now();
}

export function createBills(stateFile: string | undefined) {
  const bills = new Map<string, Bill>(loadState<[string, Bill][]>(stateFile, []));
  const save = () => saveState(stateFile, [...bills]);
  return {
    all: () => [...bills.values()],
    find: (certifyId: string) => bills.get(certifyId),
    /** Opens a bill; a repeated order gets the same bill. @returns undefined if the order number belongs to another order */
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
    /** Records that somebody opened its page. */
    begin(bill: Bill): void {
      bill.isBegun = true;
      save();
    },
    /** Ends an open bill with a result or by expiry. A visit that was only left keeps the bill open. */
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
