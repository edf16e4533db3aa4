import type { Alipay } from '../alipay/alipay';
import type { Store } from '../db/store/store';
import { matterNeglects } from '../db/maintenance/sweep';
import type { DocumentType } from '../domain/documents';
import type { FlagLimits } from '../domain/flags';
import type { MatterEvent } from '../domain/matter-states';
import type { AttemptLimits, KeptFor } from '../domain/limits';
import type { BankCardMeaning, FaceMeaning, Meanings } from '../domain/vendor-results';
import type { CommandProofs } from '../platform/command-proof';
import type { Logger } from '../platform/logger';
import type { Registries } from '../registry/registries';
import type { CallbackSender } from '../registry/callback';
import type { DocumentMaking } from './documents';
import type { Sealing } from './evidence';

/** The repairs of the sweep, as the label of a metric. */
export const repairKinds = [
  'journey-lost',
  ...matterNeglects.map((neglect) => `matter-${neglect}` as const),
] as const;

type RepairKind = (typeof repairKinds)[number];

/** Everything that activities work with. worker.ts puts it together. */
export interface Dependencies {
  store: Store;
  /** Tell whether the api made a command. */
  proofs: Pick<CommandProofs, 'isProven'>;
  alipay: Alipay;
  registries: Registries;
  callbacks: CallbackSender;
  sealing: Sealing;
  documents: Pick<DocumentMaking, 'draw' | 'publicUrl'>;
  attemptLimits: AttemptLimits;
  flagLimits: FlagLimits;
  kept: KeptFor;
  /** So many persons with a stored portrait are worth a warning. */
  storedFacesWarning: number;
  /** Documents that the contract with the vendor covers. */
  faceDocuments: readonly DocumentType[];
  /** The meaning of the vendor's reasons, from configuration. */
  faceFailReasons: Meanings<FaceMeaning>;
  bankCardReasons: Meanings<BankCardMeaning>;
  /** Where the vendor sends a person after a face check. */
  faceReturnUrl: string;
  /** The template of the message that a person gets after a confirmation; without one, nobody gets a message. */
  confirmedTemplate?: string;
  /** See MatterCommands. */
  reevaluate: (matter: string) => Promise<void>;
  /** Whether a workflow of this id runs now. */
  isRunning: (workflowId: string) => Promise<boolean>;
  /** Counts a repair by the sweep. */
  countRepair: (kind: RepairKind) => void;
  /** Notes how long after an event the registration system acknowledged it. */
  acknowledged: (event: MatterEvent, seconds: number) => void;
  logger: Logger;
  now: () => Date;
}
