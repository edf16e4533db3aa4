import { createBankCardActivities } from './bank-card';
import type { BankCardActivities } from './bank-card';
import { createCertificateActivities } from './certificate';
import type { CertificateActivities } from './certificate';
import type { Dependencies } from './dependencies';
import { openingSealed } from './failures';
import { createEvidenceActivities } from './evidence';
import type { EvidenceActivities } from './evidence';
import { createFaceActivities } from './face';
import type { FaceActivities } from './face';
import { createJourneyRecords } from './journey-records';
import type { JourneyRecords } from './journey-records';
import { createCallbackActivities, createMatterRecords } from './matter';
import type { CallbackActivities, MatterRecords } from './matter';
import { createNotificationActivities } from './notifications';
import type { NotificationActivities } from './notifications';
import { createRetentionRecords } from './retention';
import type { RetentionRecords } from './retention';
import { createSweepActivities } from './sweep';
import type { SweepActivities } from './sweep';

export type VendorActivities = CertificateActivities & FaceActivities & BankCardActivities;
export type Activities = JourneyRecords &
  MatterRecords &
  RetentionRecords &
  SweepActivities &
  VendorActivities &
  CallbackActivities &
  EvidenceActivities &
  NotificationActivities;

/** Every activity, by the name under which workflows call it. */
export function createActivities(dependencies: Dependencies): Activities {
  return {
    ...createJourneyRecords(dependencies),
    ...createMatterRecords(dependencies),
    ...createRetentionRecords(dependencies),
    ...createSweepActivities(dependencies),
    ...openingSealed<VendorActivities>({
      ...createCertificateActivities(dependencies),
      ...createFaceActivities(dependencies),
      ...createBankCardActivities(dependencies),
    }),
    ...createCallbackActivities(dependencies),
    ...createEvidenceActivities(dependencies),
    ...openingSealed<NotificationActivities>(createNotificationActivities(dependencies)),
  };
}
