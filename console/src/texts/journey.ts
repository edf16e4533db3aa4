import type { ConsentKind } from '../../../domain/consents';
import type { Journey, Schemas, WorklistEntry } from '../client';

type Event = Schemas['StoryEvent'];
type Cause = WorklistEntry['cause'];
type Decision = NonNullable<Journey['stuck']>['decisions'][number];
type Check = Extract<Event, { kind: 'check' }>;
type Settled = Extract<Event, { kind: 'settled' }>;
type Command = Extract<Event, { kind: 'unstuck' }>['by'];

/** Words of the journey's page, which are loaded with it. */
const inChinese = {
  causeMeanings: {
    'vendor-unavailable': '核验服务多次没有可用的答复。系统会自动再试；服务恢复后，也可由您立即重试。',
    'vendor-refused':
      '核验服务拒绝受理，当事人重试也无济于事。请联系技术人员查明原因后重试，或请当事人到窗口办理。',
    'source-unusable': '权威数据源没有可供比对的照片，重试通常无效。宜请当事人携带证件到窗口办理。',
    'result-undecidable': '核验服务表示无法判断。可重试一次；仍无结果的，请当事人到窗口办理。',
    'name-mismatch-suspected': '姓名与号码不符，而该姓名在各系统中可能有不同写法。请对照证件核对写法。',
    'locked-out': '当事人今日的核验次数已用完，明天零点恢复。确系本人的，可增加次数。',
    'in-person': '当事人选择到窗口办理，或证件须到窗口核对。由两名经办人员共同认定。',
    'data-key-unavailable': '系统无法读取已加密保存的内容。请先由技术人员恢复密钥，再重试。',
    'system-fault': '系统自身多次出错。请联系技术人员，修复后重试。',
  } satisfies Record<Cause, string> as Record<Cause, string>,
  decisionMeanings: {
    retry: '系统把失败的步骤再做一次，不占用当事人的次数。仍失败的，会再次列入待办。',
    'grant-attempts': '当事人今天可以多试几次，手机上随即可以继续。',
    'correct-name': '只更正姓名的写法，不改变人员、证件类型和号码。须由另一名经办人员复核。',
    accept: '以您核对过的证件原件或公证文件代替机器核验。须由系统抽取的另一名经办人员复核。',
    reject: '当事人未能证明是本人：本次办理随即结束，手机上会看到原因，可到窗口咨询。',
    close: '本次办理（或本项业务的办理）随即结束，当事人可以重新开始。',
  } satisfies Record<Decision, string> as Record<Decision, string>,
  noPhone: '本次办理由经办人员在窗口开启，当事人没有使用手机。',
  phone: '手机页面',
  phoneButtons: '手机上的按钮',
  seenHow: '与小程序当前页面一致；当事人 30 分钟未操作的，须重新录入。',
  workflow: '在 Temporal 中查看流程',
  earliest: '更早的记录未显示。',
  /** What happened. */
  entered: '录入信息，开始办理',
  consented: (what: string) => `同意：${what}`,
  withdrawn: (what: string) => `撤回同意：${what}`,
  consents: {
    'personal-information': '个人信息处理',
    'face-check': '人脸信息处理',
    'portrait-archiving': '人像存档',
    'bank-card-check': '银行卡信息处理',
    'bank-card-notice': '银行卡核验告知',
  } satisfies Record<ConsentKind, string> as Record<ConsentKind, string>,
  check: (what: string, number: number, result: string) => `${what}（当日第 ${number} 次）：${result}`,
  checks: {
    certificate: '证件核验',
    'identity-face': '刷脸核验',
    'matter-face': '签字前刷脸核验',
    'bank-card': '银行卡核验',
    'in-person': '窗口核对',
  } satisfies Record<Check['check'], string> as Record<Check['check'], string>,
  states: {
    started: '进行中，尚无结果',
    passed: '通过',
    failed: '未通过，计次',
    refunded: '未完成，不计次',
  } satisfies Record<Check['state'], string> as Record<Check['state'], string>,
  /** The vendor's result, by our code. */
  results: {
    face_identity_mismatch: '姓名或号码与权威数据源不符',
    face_portrait_mismatch: '人像与权威数据源不一致',
    face_picture_poor: '画面较暗或不清晰',
    face_check_unavailable: '核验服务未完成核验',
    bank_card_mismatch: '银行卡不属于本人',
    bank_card_unusable: '银行卡不能用于核验',
    bank_card_check_unavailable: '银行卡核验服务不可用',
  } as Partial<Record<string, string>>,
  attack: '核验服务报告疑似攻击',
  uses: { signed: '已用于签字', void: '已作废，未用于签字' },
  stuck: (cause: string) => `受阻：${cause}`,
  unstuck: (how: string) => `受阻解除：${how}`,
  commands: {
    time: '系统自动重试',
    decide: '经办人员决定',
    propose: '经办人员提出',
    review: '复核',
    enter: '当事人重新录入',
    'ask-in-person': '当事人改到窗口办理',
    'go-online': '当事人改为刷脸核验',
    back: '当事人返回待办事项',
    refuse: '当事人选择「这不是我办的」',
    close: '当事人结束办理',
  } as Partial<Record<Command, string>>,
  byPerson: '当事人操作',
  decided: (who: string, what: string) => `${who}决定：${what}`,
  proposed: (who: string, what: string) => `${who}提出：${what}`,
  granted: (count: number) => `增加 ${count} 次`,
  acceptances: { 'on-site': '本人在窗口', notarised: '经公证的证件' },
  reviewed: {
    approved: (who: string) => `${who}复核：同意`,
    declined: (who: string) => `${who}复核：不同意`,
    withdrawn: () => '提出人已撤回',
    void: () => '提出的决定失效，未经复核',
  },
  settled: {
    pending: '待确认',
    confirmed: '确认并签字',
    refused: '拒绝：「这不是我办的」',
    void: '确认失效',
    expired: '过期未确认',
    carried: '签字沿用至新版本',
  } satisfies Record<Settled['state'], string> as Record<Settled['state'], string>,
  reasons: {
    'not-me': '本人不知情',
    'content-wrong': '内容与实际不符',
    'no-longer-wanted': '不再办理',
    other: '其他',
    'identity-doubtful': '复核认定不是本人',
  } satisfies Record<NonNullable<Settled['reason']>, string> as Record<string, string>,
  sealed: '存证完成签名',
  archived: '登记系统已存档人像，本系统随即删除',
  evidence: (number: string) => `存证编号 ${number}`,
  matter: (entity: string) => `业务：${entity}`,
  took: (time: string) => `历时 ${time}`,
  waited: (time: string) => `等待 ${time}`,
  seconds: (count: string) => `${count} 秒`,
  /** Personal data. */
  show: '查看完整信息',
  hide: '恢复遮盖',
  why: '查看原因',
  recorded: '查看人、时间和原因将记入审计记录。',
  masked: '姓名、号码和日期已遮盖。',
  cancel: '取消',
  erased: '个人信息已按期限删除。',
  /** Portraits. */
  portraits: '人像',
  showPortraits: '查看人像',
  hidePortraits: '收起人像',
  portraitOf: { 'identity-face': '首次刷脸', 'matter-face': '签字前刷脸' },
  takenAt: (time: string) => `采集于 ${time}`,
  portraitErased: '人像已按期限删除，仅保留摘要。',
  portraitArchived: (time: string) => `登记系统已于 ${time} 存档，本系统已删除。`,
  portraitBroken: '人像无法显示。',
  noPortraits: '本次办理没有采集到人像。',
  zoom: '放大倍数',
};

const inEnglish: typeof inChinese = {
  causeMeanings: {
    'vendor-unavailable':
      'The vendor gave no usable answer, several times. The system tries again by itself; once the vendor is back, you can retry at once.',
    'vendor-refused':
      'The vendor refuses the check, and the person can’t change it. Ask the engineers for the reason, then retry, or ask the person to the window.',
    'source-unusable':
      'The authority behind the vendor has no photo to compare with. Trying again rarely helps: ask the person to the window.',
    'result-undecidable':
      'The vendor says that it can’t decide. Retry once; if nothing changes, ask the person to the window.',
    'name-mismatch-suspected':
      'Name and number do not agree, and systems write such a name in different ways. Compare it with the document.',
    'locked-out':
      'The person has used up today’s attempts, which come back at midnight in China. If it is the person, grant more.',
    'in-person':
      'The person chose the window, or the document has to be seen there. Two clerks decide together.',
    'data-key-unavailable':
      'The system can’t read what it has sealed. Engineers restore the key first, then retry.',
    'system-fault': 'The system itself failed repeatedly. Tell the engineers, and retry when it is repaired.',
  },
  decisionMeanings: {
    retry:
      'The system does the failed step again, at no cost of attempts. If it fails again, it is listed here again.',
    'grant-attempts': 'The person may try some more times today, and the phone goes on at once.',
    'correct-name':
      'Only how the name is written changes, never person, document type or number. A second clerk reviews it.',
    accept:
      'The document that you saw, or a notarised one, takes the place of the check. A second clerk, drawn by the system, reviews it.',
    reject: 'The person could not show to be who they say: the journey ends, and the phone says why.',
    close: 'The journey, or the one matter, ends; the person may begin again.',
  },
  noPhone: 'Clerks opened this journey at the window: the person uses no phone.',
  phone: 'The page on the phone',
  phoneButtons: 'Buttons on the phone',
  seenHow:
    'As the mini-program shows it. After 30 minutes without use the person has to enter their data again.',
  workflow: 'See the workflow in Temporal',
  earliest: 'Earlier records are not shown.',
  entered: 'Entered their data and began',
  consented: (what) => `Agreed: ${what}`,
  withdrawn: (what) => `Withdrew consent: ${what}`,
  consents: {
    'personal-information': 'personal information',
    'face-check': 'face information',
    'portrait-archiving': 'archiving the portrait',
    'bank-card-check': 'bank card information',
    'bank-card-notice': 'notice of the bank card check',
  },
  check: (what, number, result) => `${what} (no. ${number} of the day): ${result}`,
  checks: {
    certificate: 'Certificate check',
    'identity-face': 'Face check',
    'matter-face': 'Face check before signing',
    'bank-card': 'Bank card check',
    'in-person': 'Check at the window',
  },
  states: {
    started: 'under way, no result yet',
    passed: 'passed',
    failed: 'not passed, counted',
    refunded: 'not completed, not counted',
  },
  results: {
    face_identity_mismatch: 'name or number do not agree with the authority’s data',
    face_portrait_mismatch: 'the face does not agree with the authority’s photo',
    face_picture_poor: 'the picture was dark or not sharp',
    face_check_unavailable: 'the vendor did not complete the check',
    bank_card_mismatch: 'the card is not the person’s',
    bank_card_unusable: 'the card cannot be checked',
    bank_card_check_unavailable: 'the bank card check was unavailable',
  },
  attack: 'the vendor reports an attack',
  uses: { signed: 'used for a signature', void: 'void, not used for a signature' },
  stuck: (cause) => `Stuck: ${cause}`,
  unstuck: (how) => `No longer stuck: ${how}`,
  commands: {
    time: 'tried again by itself',
    decide: 'a clerk decided',
    propose: 'a clerk proposed',
    review: 'a review',
    enter: 'the person entered their data again',
    'ask-in-person': 'the person chose the window',
    'go-online': 'the person chose the face check',
    back: 'the person went back to the to-dos',
    refuse: 'the person chose 「这不是我办的」',
    close: 'the person ended the journey',
  },
  byPerson: 'by the person',
  decided: (who, what) => `${who} decided: ${what}`,
  proposed: (who, what) => `${who} proposed: ${what}`,
  granted: (count) => `${count} more`,
  acceptances: { 'on-site': 'the person at the window', notarised: 'a notarised document' },
  reviewed: {
    approved: (who) => `${who} approved`,
    declined: (who) => `${who} declined`,
    withdrawn: () => 'The proposer took the proposal back',
    void: () => 'The proposal became void without a review',
  },
  settled: {
    pending: 'To be confirmed',
    confirmed: 'Confirmed and signed',
    refused: 'Refused: 「这不是我办的」',
    void: 'The confirmation is void',
    expired: 'Expired without a confirmation',
    carried: 'The signature counts for the new version',
  },
  reasons: {
    'not-me': 'knows nothing of it',
    'content-wrong': 'the content is wrong',
    'no-longer-wanted': 'no longer wanted',
    other: 'another reason',
    'identity-doubtful': 'a review found that it was not the person',
  },
  sealed: 'The evidence is signed',
  archived: 'The registration system has filed the portrait, and it was deleted here',
  evidence: (number) => `Evidence number ${number}`,
  matter: (entity) => `Matter: ${entity}`,
  took: (time) => `took ${time}`,
  waited: (time) => `waited ${time}`,
  seconds: (count) => `${count} s`,
  show: 'Show in full',
  hide: 'Mask again',
  why: 'Why do you look?',
  recorded: 'Who looked, when and why is recorded for auditors.',
  masked: 'Name, number and dates are masked.',
  cancel: 'Cancel',
  erased: 'The personal data was deleted in time.',
  portraits: 'Portraits',
  showPortraits: 'Show the portraits',
  hidePortraits: 'Hide the portraits',
  portraitOf: { 'identity-face': 'First face check', 'matter-face': 'Face check before signing' },
  takenAt: (time) => `taken ${time}`,
  portraitErased: 'The portrait was deleted in time; its hash is kept.',
  portraitArchived: (time) => `The registration system filed it ${time}, and it was deleted here.`,
  portraitBroken: 'The portrait cannot be shown.',
  noPortraits: 'No portrait was taken in this visit.',
  zoom: 'Zoom',
};

export const journeyTexts = { 'zh-CN': inChinese, en: inEnglish };
export type JourneyTexts = typeof inChinese;
