import type { FaceEnd } from './bills';
import type { Holder } from './settings';

/** The end of a bank card check. `detail` is the reason of a mismatch. */
export type CardEnd = { match: 'T' } | { match: 'F'; detail: string };

interface Scenario {
  zh: string;
  en: string;
  /** The comparison says that the account belongs to somebody else. */
  isNotHolder?: true;
  /** Alipay does not reveal the holder's name and number, although the person agreed. */
  share?: 'not-certified' | 'not-covered';
  /** The person has not agreed to receive messages. */
  unsubscribed?: true;
  /** The code with which Alipay rejects a new face check. */
  initializeError?: 'ARRANGEMENT_STATUS_ERROR';
  /**
   * The ends of consecutive checks; the last one also applies to all later checks. With `AS_USUAL` the page or the entered data decide.
   */
  face?: readonly (FaceEnd | typeof AS_USUAL)[];
  card?: readonly (CardEnd | typeof AS_USUAL)[];
}

const AS_USUAL = undefined;

// Alipay publishes no list of reasons. Z1146 and Z1147 are seen in use; the other reasons are invented for the sandbox.
const failed = (failReason?: string): FaceEnd => ({ state: 'failed', failReason });
const passed = (more: Omit<Extract<FaceEnd, { state: 'passed' }>, 'state'>): FaceEnd => ({
  state: 'passed',
  ...more,
});
const noMatch = (detail: string): CardEnd => ({ match: 'F', detail });

/** Each scenario changes one thing for one person. Everything else is as usual. */
const table = {
  'all-well': { zh: '一切正常', en: 'Everything works.' },
  'not-the-holder': {
    zh: '支付宝账号不是本人的',
    en: 'Alipay says that the account belongs to somebody else.',
    isNotHolder: true,
  },
  'not-certified': {
    zh: '支付宝账号未实名，带不出姓名和证件号码',
    en: 'The account is not certified, so Alipay provides no name and number.',
    share: 'not-certified',
  },
  'identity-not-covered': {
    zh: '合约不含会员信息，带不出姓名和证件号码',
    en: 'The contract does not cover name and number (40006).',
    share: 'not-covered',
  },
  'name-written-differently': {
    zh: '公安机关登记的姓名是另一种写法',
    en: 'The authority spells the name differently. Only persons with "nameOnRecord" in the data can have this scenario.',
  },
  'poor-picture-first': {
    zh: '第一次刷脸：画面不清（Z1146）',
    en: 'The first face check fails: poor picture (Z1146).',
    face: [failed('Z1146'), AS_USUAL],
  },
  'not-same-person': {
    zh: '刷脸总是：不是本人（Z1147）',
    en: 'Every face check fails: not the same person (Z1147).',
    face: [failed('Z1147')],
  },
  'not-same-person-first': {
    zh: '第一次刷脸：不是本人（Z1147）',
    en: 'The first face check fails: not the same person (Z1147).',
    face: [failed('Z1147'), AS_USUAL],
  },
  'no-reason': {
    zh: '刷脸总是不通过，不说原因',
    en: 'Every face check fails without a reason.',
    face: [failed()],
  },
  attack: {
    zh: '刷脸通过，但总是报告攻击',
    en: 'Every face check passes and reports an attack.',
    face: [passed({ attackFlag: 'T' })],
  },
  'leaves-first': {
    zh: '第一次刷脸：中途离开',
    en: 'The person leaves the page the first time, and the check stays open.',
    face: [{ state: 'left' }, AS_USUAL],
  },
  'expires-first': {
    zh: '第一次刷脸：离开后过期',
    en: 'The first face check expires when the person leaves the page.',
    face: [{ state: 'expired' }, AS_USUAL],
  },
  'service-trouble-first': {
    zh: '第一次刷脸：服务故障（Z5110）',
    en: 'The first face check fails because of a service failure (Z5110).',
    face: [failed('Z5110'), AS_USUAL],
  },
  'no-source-photo': {
    zh: '公安机关没有照片（Z5120）',
    en: 'Every face check fails: the authority has no photo (Z5120).',
    face: [failed('Z5120')],
  },
  'undecidable-first': {
    zh: '第一次刷脸：无法判断（Z5130）',
    en: 'The first face check fails: Alipay cannot decide (Z5130).',
    face: [failed('Z5130'), AS_USUAL],
  },
  'unknown-reason': {
    zh: '刷脸总是不通过，原因没人认识（Z9999）',
    en: 'Every face check fails for an unknown reason (Z9999).',
    face: [failed('Z9999')],
  },
  'no-picture': {
    zh: '刷脸通过，没有照片',
    en: 'Every face check passes without a picture.',
    face: [passed({ picture: 'none' })],
  },
  'shared-portrait': {
    zh: '刷脸通过，与他人同一张照片',
    en: 'Every face check passes, and all persons with this scenario get the same picture.',
    face: [passed({ picture: 'shared' })],
  },
  scores: {
    zh: '刷脸通过，带分数（92.5）',
    en: 'Every face check passes with a score (92.5).',
    face: [passed({ score: '92.5' })],
  },
  'scores-apart': {
    zh: '刷脸通过，分数先高后低（95.0、61.0）',
    en: 'The first face check passes with a score of 95.0, and all later ones with 61.0.',
    face: [passed({ score: '95.0' }), passed({ score: '61.0' })],
  },
  'card-mismatch-first': {
    zh: '第一次银行卡核验：不一致',
    en: 'The first bank card check finds no match (MISMATCH).',
    card: [noMatch('MISMATCH'), AS_USUAL],
  },
  'card-mismatch': {
    zh: '银行卡核验总是不一致',
    en: 'No bank card check finds a match (MISMATCH).',
    card: [noMatch('MISMATCH')],
  },
  'card-undecidable-first': {
    zh: '第一次银行卡核验：银行无记录',
    en: 'The bank has no record of the first card (NO_RECORD).',
    card: [noMatch('NO_RECORD'), AS_USUAL],
  },
  'card-unknown-detail': {
    zh: '银行卡核验总是不一致，原因没人认识',
    en: 'No bank card check finds a match, for an unknown reason (X_UNLISTED).',
    card: [noMatch('X_UNLISTED')],
  },
  unsubscribed: {
    zh: '没有同意接收消息（MSG_UNSUBSCRIBED）',
    en: 'The person has not agreed to receive messages (MSG_UNSUBSCRIBED).',
    unsubscribed: true,
  },
  'contract-refused': {
    zh: '刷脸无法发起：合约状态不对',
    en: 'No face check can be opened, because the contract is not active (ARRANGEMENT_STATUS_ERROR).',
    initializeError: 'ARRANGEMENT_STATUS_ERROR',
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof table;

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = table;

export const scenarioNames = Object.keys(scenarios) as ScenarioName[];

/** The scenarios that this person can have. `name-written-differently` needs a name on record. */
export function scenariosFor({ nameOnRecord }: Holder): ScenarioName[] {
  return scenarioNames.filter((name) => name !== 'name-written-differently' || nameOnRecord !== undefined);
}

/**
 * The current scenario of each person, with the number of checks so far. It is only in memory: after a restart the data decides again.
 * @throws Error if the data names a scenario that a person cannot have
 */
export function createAssignments(holders: Holder[]) {
  const assignments = new Map<string, { name: ScenarioName; faces: number; cards: number }>();

  function assign({ account }: Holder, name: ScenarioName) {
    const assignment = { name, faces: 0, cards: 0 };
    assignments.set(account, assignment);
    return assignment;
  }
  const assignmentOf = (holder: Holder) =>
    assignments.get(holder.account) ?? assign(holder, holder.scenario ?? 'all-well');

  for (const holder of holders) {
    const { name } = assignmentOf(holder);
    if (!scenariosFor(holder).includes(name))
      throw new Error(`The scenario ${JSON.stringify(name)} is not possible for ${holder.account}.`);
  }
  return {
    /** Starts a scenario from its beginning, even if it is the current one. */
    assign,
    nameOf: (holder: Holder) => assignmentOf(holder).name,
    of: (holder: Holder) => scenarios[assignmentOf(holder).name],
    /** The end of this person's next face check; undefined if the page decides. */
    nextFace(holder: Holder): FaceEnd | undefined {
      const { name, faces } = assignmentOf(holder);
      return endAt(scenarios[name].face, faces);
    },
    /** The end of a face check that took place. It is counted. */
    takeFace(holder: Holder): FaceEnd | undefined {
      const assignment = assignmentOf(holder);
      assignment.faces += 1;
      return endAt(scenarios[assignment.name].face, assignment.faces - 1);
    },
    /** The end of a bank card check that took place; undefined if the data decides. It is counted. */
    takeCard(holder: Holder): CardEnd | undefined {
      const assignment = assignmentOf(holder);
      assignment.cards += 1;
      return endAt(scenarios[assignment.name].card, assignment.cards - 1);
    },
    /** Returns all persons to the scenarios of the data. */
    reset: () => assignments.clear(),
  };
}

export type Assignments = ReturnType<typeof createAssignments>;

function endAt<End>(ends: readonly End[] | undefined, at: number): End | undefined {
  return ends?.[Math.min(at, ends.length - 1)];
}
