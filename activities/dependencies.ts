import type { Alipay } from '../alipay/alipay';
import type { Store } from '../db/store/store';
import type { MatterNeglect } from '../db/maintenance/sweep';
import type { DocumentType } from '../domain/documents';
import type { FlagLimits } from '../domain/flags';
import type { AttemptLimits, KeptFor } from '../domain/limits';
import type { BankCardMeaning, FaceMeaning, Meanings } from '../domain/vendor-results';
import type { CommandProofs } from '../platform/command-proof';
import type { Logger } from '../platform/logger';
import type { Registries } from '../registry/registries';
import type { CallbackSender } from '../registry/callback';

/** What the sweep puts right: a label of a figure. */
type RepairKind = 'journey-lost' | `matter-${MatterNeglect}`;

/** All that activities work with; put together in worker.ts. */
export interface Dependencies {
  store: Store;
  /** Tell what the api said to a journey. */
  proofs: Pick<CommandProofs, 'isProven'>;
  alipay: Alipay;
  registries: Registries;
  callbacks: CallbackSender;
  attemptLimits: AttemptLimits;
  flagLimits: FlagLimits;
  kept: KeptFor;
  /** Documents whose face check the contract covers. */
  faceDocuments: readonly DocumentType[];
  /** What the vendor's reasons mean, from configuration. */
  faceFailReasons: Meanings<FaceMeaning>;
  bankCardReasons: Meanings<BankCardMeaning>;
  /** Where the vendor leads a person after a face check. */
  faceReturnUrl: string;
  /** Of the message that a person gets after a confirmation; without one nobody gets any. */
  confirmedTemplate?: string;
  /** Has a matter's workflow look at the database again, and starts it if it has ended. */
  reevaluate: (matter: string) => Promise<void>;
  /** Whether a workflow of this id runs now. */
  isRunning: (workflowId: string) => Promise<boolean>;
  /** Counts what the sweep has put right. */
  countRepair: (kind: RepairKind) => void;
  logger: Logger;
  now: () => Date;
}
