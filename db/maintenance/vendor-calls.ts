import { durationBounds, rangeOf } from '../../domain/figures';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { Db } from '../store/store';

/** One call of a vendor. */
interface VendorCall {
  /** As the vendor names it. */
  interface: string;
  /** `done`, or the code of the failure. */
  outcome: string;
  milliseconds: number;
}

/** Calls of one day that took about as long and ended alike. */
export interface VendorCallCount {
  day: string;
  interface: string;
  outcome: string;
  /** A range of `durationBounds`. */
  took: number;
  count: number;
}

const FLUSH_MS = 10_000;

/**
 * Counts calls of vendors, and adds them to the table every ten seconds: a call waits for no figures. If the process is killed, the last
 * ten seconds are not counted.
 * @param failed is told if they could not be added; they are added the next time
 */
export function countVendorCalls(
  db: Db,
  { now, failed }: { now: () => Date; failed: (error: unknown) => void },
) {
  let counted = new Map<string, VendorCallCount>();

  async function flush(): Promise<void> {
    const rows = [...counted.values()];
    counted = new Map();
    if (rows.length === 0) return;
    try {
      await db('vendor_calls')
        .insert(rows)
        .onConflict()
        .merge({ count: db.raw('vendor_calls.`count` + VALUES(`count`)') });
    } catch (error) {
      for (const row of rows) add(row);
      failed(error);
    }
  }

  function add(row: VendorCallCount): void {
    const key = JSON.stringify([row.day, row.interface, row.outcome, row.took]);
    counted.set(key, { ...row, count: row.count + (counted.get(key)?.count ?? 0) });
  }

  const timer = setInterval(() => void flush(), FLUSH_MS).unref();
  return {
    count({ milliseconds, ...call }: VendorCall): void {
      add({ ...call, day: shanghaiDay(now()), took: rangeOf(milliseconds, durationBounds), count: 1 });
    },
    flush,
    /** Adds what was counted. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}

/** The calls of these days. */
export async function readVendorCalls(db: Db, days: readonly string[]): Promise<VendorCallCount[]> {
  return await db('vendor_calls')
    .whereIn('day', [...days])
    .orderBy(['day', 'interface', 'outcome', 'took'])
    .select<VendorCallCount[]>(
      db.raw("DATE_FORMAT(day, '%Y-%m-%d') AS day"),
      'interface',
      'outcome',
      'took',
      'count',
    );
}
