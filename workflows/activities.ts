import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { EvidenceActivities } from '../activities/evidence';
import type { CallbackActivities, MatterRecords } from '../activities/matter';
import type { NotificationActivities } from '../activities/notifications';
import type { JourneyRecords } from '../activities/journey-records';
import type { SweepActivities } from '../activities/sweep';
import type { RetentionRecords } from '../activities/retention';
import type { VendorActivities } from '../activities';
import { CALLBACK_RETRY } from '../domain/deliveries';

/** How long each class of activity may take, and how often it is repeated. This is the only place that says so. */

/**
 * Database: first as a local activity, which does not go through the task queue. After two seconds the same as a regular activity,
 * because a local activity that is repeated blocks every other command and query, and nobody sees it. It is repeated without
 * end: without a database there is no place to record that something is stuck.
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

// A reevaluation opens the evidence of up to five hundred persons. That takes seconds, and longer where the texts are long.
const thorough = { ...patient, startToCloseTimeout: '3m' } as const;

type Records = JourneyRecords & MatterRecords & RetentionRecords;

export const records = locallyFirst(proxyLocalActivities<Records>(quick), proxyActivities<Records>(patient), {
  reevaluateMatter: proxyActivities<Records>(thorough).reevaluateMatter,
});

// A Proxy, because the SDK's proxies have no methods that could be listed. No async function, because the SDK takes a stack trace for
// every promise in a workflow, a tenth of a millisecond each.
function locallyFirst(local: Records, regular: Records, longer: Partial<Records>): Records {
  return new Proxy(local, {
    get: (_, name: keyof Records) => {
      const call: (argument: never) => Promise<unknown> = local[name];
      const callAgain: typeof call = longer[name] ?? regular[name];
      return (argument: never) =>
        call(argument).catch((error: unknown) => {
          if (isCancellation(error)) throw error;
          return callAgain(argument);
        });
    },
  });
}

/**
 * Vendors: five tries within about half a minute, then a human decides. A person is waiting, and more tries do not help while a
 * vendor is down for longer.
 */
const vendorCall = {
  // Above the longest call to Alipay (ALIPAY_TIMEOUT_MS, at most 9.5 s) and the database writes before and after it.
  startToCloseTimeout: '12s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '5s', maximumAttempts: 5 },
} as const;

const vendorCalls = (summary: string) => proxyActivities<VendorActivities>({ ...vendorCall, summary });

export const vendor: VendorActivities = {
  checkCertificate: vendorCalls('证件核验 · certificate check').checkCertificate,
  startFace: vendorCalls('发起刷脸核验 · open a face check').startFace,
  queryFace: vendorCalls('查询刷脸结果 · ask for the result of a face check').queryFace,
  checkBankCard: vendorCalls('银行卡核验 · bank card check').checkBankCard,
};

/** Messages to persons: six tries within about ten minutes. Nobody waits for a message, and a late one is of little use. */
export const notifications = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '12s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '5m', maximumAttempts: 6 },
  summary: '通知本人 · tell the person',
});

/** The sweep. If it fails, the next one does the same work. */
export const sweeps = proxyActivities<SweepActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumAttempts: 3 },
  summary: '核对数据与流程 · compare rows and workflows',
});

/** Registration systems: repeated until they acknowledge. */
export const callbacks = proxyActivities<CallbackActivities>({
  startToCloseTimeout: '15s',
  retry: {
    initialInterval: CALLBACK_RETRY.firstMs,
    backoffCoefficient: CALLBACK_RETRY.coefficient,
    maximumInterval: CALLBACK_RETRY.longestMs,
  },
  summary: '通知登记系统 · tell the registration system',
});

/** Sealing: repeated without end, as an authority may be away and a doubt has to be cleared. It takes long where many have confirmed. */
export const evidence = proxyActivities<EvidenceActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  summary: '封存存证 · seal the evidence',
});
