import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CallbackActivities, MatterRecords } from '../activities/matter';
import type { NotificationActivities } from '../activities/notifications';
import type { JourneyRecords } from '../activities/journey-records';
import type { SweepActivities } from '../activities/sweep';
import type { RetentionRecords } from '../activities/retention';
import type { VendorActivities } from '../activities';

/** How long each class of call may take and how often it is repeated: stands here and nowhere else. */

/**
 * Database: locally for two seconds, which spares the detour over the task queue; then the same as a regular activity,
 * because a local one that retries holds up every other command and query, unseen. Without an end: with the database gone
 * there is nowhere to note that something is stuck.
 */
const quick = {
  scheduleToCloseTimeout: '2s',
  retry: { initialInterval: '50ms', backoffCoefficient: 2, maximumAttempts: 3 },
} as const;

const patient = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '15s' },
  summary: '等待数据库 · waiting for the database',
} as const;

// The evidence of five hundred persons is opened in one look: seconds, and more where what they were shown is long.
const thorough = { ...patient, startToCloseTimeout: '3m' } as const;

type Records = JourneyRecords & MatterRecords & RetentionRecords;

export const records = patiently(proxyLocalActivities<Records>(quick), proxyActivities<Records>(patient), {
  reevaluateMatter: proxyActivities<Records>(thorough).reevaluateMatter,
});

// Every method of the proxies makes a call when it is called, so they are told apart by name alone. Without async: the SDK takes the
// stack of every promise that is made in a workflow, a tenth of a millisecond each.
function patiently(first: Records, then: Records, longer: Partial<Records>): Records {
  return new Proxy(first, {
    get: (_, name: keyof Records) => {
      const call: (argument: never) => Promise<unknown> = first[name];
      const callAgain: typeof call = longer[name] ?? then[name];
      return (argument: never) =>
        call(argument).catch((error: unknown) => {
          if (isCancellation(error)) throw error;
          return callAgain(argument);
        });
    },
  });
}

/**
 * Vendors: five tries within about half a minute, then a human decides. A person is waiting, and a vendor that is down for
 * longer is not helped by more.
 */
const vendorCall = {
  // Above the longest call to Alipay (ALIPAY_TIMEOUT_MS, at most 9.5 s) with what is written before and after it.
  startToCloseTimeout: '12s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '5s', maximumAttempts: 5 },
} as const;

export const vendor: VendorActivities = {
  ...proxied('checkCertificate', '证件核验 · certificate check'),
  ...proxied('startFace', '发起刷脸核验 · open a face check'),
  ...proxied('queryFace', '查询刷脸结果 · ask for the result of a face check'),
  ...proxied('checkBankCard', '银行卡核验 · bank card check'),
};

function proxied<N extends keyof VendorActivities>(name: N, summary: string): Pick<VendorActivities, N> {
  const { [name]: call } = proxyActivities<VendorActivities>({ ...vendorCall, summary });
  return { [name]: call } as unknown as Pick<VendorActivities, N>;
}

/** Messages to people: six tries within about ten minutes, then given up. Nobody waits for one, and who is told late is told little. */
export const notifications = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '12s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '5m', maximumAttempts: 6 },
  summary: '通知本人 · tell the person',
});

/** The sweep: what it does not come to, the next one does. */
export const sweeps = proxyActivities<SweepActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumAttempts: 3 },
  summary: '核对数据与流程 · compare rows and workflows',
});

/** Registration systems: until they acknowledge. */
export const callbacks = proxyActivities<CallbackActivities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  summary: '通知登记系统 · tell the registration system',
});
