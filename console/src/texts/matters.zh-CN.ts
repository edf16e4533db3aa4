import type { Schemas } from '../client';

type Matter = Schemas['ClerkMatter'];
type Person = Matter['persons'][number];
type Evidence = NonNullable<Person['evidence']>;
type Callback = Matter['callbacks'][number];

const states: Record<Matter['state'], string> = {
  open: '待确认',
  confirmed: '已确认',
  refused: '有人拒绝',
  frozen: '确认后有人拒绝',
  expired: '已过期',
  withdrawn: '登记系统已撤回',
  superseded: '已有新版本',
};

const personStates: Record<Person['state'], string> = {
  pending: '待确认',
  confirmed: '已确认签字',
  carried: '沿用上一版签字',
  refused: '已拒绝',
  expired: '已过期',
  void: '已作废',
};

const refusals: Record<NonNullable<Person['refusalReason']>, string> = {
  'not-me': '不是本人办理',
  'content-wrong': '内容有误',
  'no-longer-wanted': '不再办理',
  other: '其他',
  'identity-doubtful': '复核认定不是本人',
};

const consents: Record<Person['withdrawnConsents'][number]['kind'], string> = {
  'personal-information': '个人信息处理',
  'face-check': '刷脸核验',
  'portrait-archiving': '人像存档',
  'bank-card-check': '银行卡核验',
  'bank-card-notice': '银行卡核验告知',
};

const seals: Record<Evidence['seal'], string> = {
  unsealed: '正在封存',
  unstamped: '等待时间戳',
  complete: '已封存',
  ended: '已到保存期限',
};

const signers: Record<NonNullable<Evidence['signer']>, string> = {
  certificate: '电子签名认证证书',
  'agreed-terms': '当事人约定',
  'before-terms': '手写签字（约定施行之前）',
  'on-paper': '纸质签字',
};

const events: Record<Callback['event'], string> = {
  'confirmation.confirmed': '人员已确认',
  'confirmation.refused': '人员已拒绝',
  'matter.confirmed': '业务已全部确认',
  'matter.refused': '业务因拒绝停止',
  'matter.expired': '业务已过期',
  'matter.frozen': '确认后有人拒绝',
  'invitation.issued': '请发送邀请',
  'invitation.reminder-due': '请提醒未确认人员',
  'reissue.requested': '当事人申请重新推送',
  'person.name-differs': '姓名与证件不一致',
  'matter.withdrawn': '登记系统撤回',
  'matter.superseded': '已有新版本',
};

const deliveries: Record<Callback['state'], string> = {
  waiting: '等待送达',
  acknowledged: '已送达',
  stopped: '已停止（登记系统不再接收）',
  'feed-only': '不回调，只列入事件清单',
};

const outcomes: Record<Callback['tries'][number]['outcome'], string> = {
  acknowledged: '登记系统已确认收到',
  callback_unreachable: '无法连接',
  callback_timeout: '未在规定时间内答复',
  callback_rejected: '未接收',
  callback_gone: '登记系统不再接收',
  callback_unacknowledged: '答复中没有确认',
};

export const mattersInChinese = {
  title: '业务',
  one: '业务详情',
  filters: '筛选',
  state: '状态',
  states,
  authority: '登记机关',
  registry: '登记系统',
  age: '推送时间',
  any: '不限',
  olderThan: (days: number) => `${days} 天前或更早`,
  clear: '清除筛选',
  number: '业务编号',
  entity: '经营主体',
  kind: '业务类型',
  pushedAt: '推送时间',
  decidedAt: '办结时间',
  erased: '已到保存期限',
  empty: '没有符合条件的业务。',
  openByNumber: '按业务编号打开',
  open: '打开',
  version: '版本',
  versionOf: (number: number) => `第 ${number} 版`,
  expiresAt: '确认期限',
  holds: {
    flagged: '暂缓办结：有风险提示待复核',
    'evidence-doubtful': '暂缓办结：存证再次核验未通过，请联系技术人员',
  },
  earlier: '以前的版本',
  persons: '人员',
  personStates,
  document: '证件',
  roles: '身份',
  reference: '人员编号',
  /** The name is masked: the reference says which of two `*三` it is. */
  personOf: (name: string, reference: string) => `${name}（${reference}）`,
  settledAt: '时间',
  refused: (reason: string) => `拒绝原因：${reason}`,
  refusals,
  reissued: (time: string) => `${time} 申请重新推送`,
  nameReported: (time: string) => `${time} 已告知登记系统：姓名与证件不一致`,
  consentWithdrawn: (kind: string, time: string) => `${time} 撤回同意：${kind}`,
  consents,
  journey: '办理进度',
  journeyEnded: '本次办理已结束',
  noJourney: '尚未开始，或不在您的管辖范围',
  invite: '请登记系统重发邀请',
  invited: '已请登记系统重发邀请。',
  invitedAt: (time: string) => `${time} 已请登记系统重发邀请`,
  inviteHint: '每人一小时内只能重发一次。',
  onSite: '无手机，在窗口办理',
  onSiteTitle: '在窗口办理',
  onSiteAbout: (who: string) =>
    `为${who}在窗口打开该业务：由您核对证件原件、收存本人签字的纸质文件，并由系统抽取的另一名经办人员复核。登记系统暂不会收到通知。`,
  onSiteOpen: '打开办理',
  cancel: '取消',
  evidence: '存证',
  noEvidence: '还没有人确认签字。',
  evidenceNumber: '存证编号',
  hash: '存证 SHA-256',
  seal: '封存',
  seals,
  signature: '本系统签名',
  signedBy: (time: string, key: string) => `${time}，密钥 ${key}`,
  timeStamp: '时间戳',
  signer: '本人签名依据',
  signers,
  notYet: '尚无',
  log: '透明日志',
  leaf: (number: number) => `第 ${number} 条`,
  logWaiting: '等待写入',
  logMissing: '日志中没有与现有记录一致的条目',
  documents: { 'confirmation-letter': '《业务确认书》', 'archive-sheet': '《登记注册身份认证人像信息》' },
  documentHash: (level: string) => `SHA-256（PAdES ${level}）`,
  verify: '核验存证',
  conclusions: { proven: '相符', absent: '没有', wrong: '不符' },
  part: '项目',
  result: '结论',
  explained: '说明',
  inBrowser: '本页自行核验日志',
  verified: (size: number) => `已由本页核验：该存证在有 ${size} 条记录的日志中，日志签名有效。`,
  defects: {
    'not-in-log': '日志中没有该存证。',
    'proof-malformed': '日志的证明无法读取。',
    'wrong-signature': '日志的签名无效。',
    'wrong-root': '证明与日志不符。',
  },
  callbacks: '回调',
  callbacksStopped: (time: string) => `${time} 登记系统答复不再接收该业务的回调。`,
  noCallbacks: '没有回调。',
  event: '事件',
  events,
  about: '人员编号',
  occurredAt: '发生时间',
  delivery: '送达',
  deliveries,
  tries: '送达记录',
  outcomes,
  triedAt: (time: string, outcome: string, status?: number) =>
    `${time} ${outcome}${status === undefined ? '' : `（HTTP ${status}）`}`,
  nextTry: (time: string) => `下次 ${time}`,
  noTries: '尚未送达过',
  replay: '重新送达',
  replayHint: '未送达的回调立即按原顺序再次送达，登记系统按编号识别重复，不会重复办理。',
  replayed: '正在重新送达。',
  flags: '风险提示',
  toFlag: '查看并复核',
  noFlags: '没有风险提示。',
};
