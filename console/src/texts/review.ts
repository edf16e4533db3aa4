const inChinese = {
  title: '待复核的决定',
  what: '决定',
  by: '提出人',
  at: '提出时间',
  expires: '有效期至',
  paper: '扫描件摘要',
  change: '姓名变化',
  before: '原写法',
  after: '更正为',
  removed: '删去',
  added: '改为',
  approve: '同意',
  decline: '不同意',
  own: '这是您自己提出的，不能由您复核：须由系统指定的另一名人员复核。',
  others: '由系统指定的另一名人员复核。',
  approved: '已同意，决定生效。',
  declined: '已不同意，该决定不执行。',
};

const inEnglish: typeof inChinese = {
  title: 'The decision to review',
  what: 'Decision',
  by: 'Proposed by',
  at: 'Proposed at',
  expires: 'Valid until',
  paper: 'SHA-256 of the scan',
  change: 'Change of the name',
  before: 'before',
  after: 'after',
  removed: 'removed',
  added: 'added',
  approve: 'Approve',
  decline: 'Decline',
  own: 'You proposed this and can’t review it: another clerk, picked by the system, does.',
  others: 'Another clerk, picked by the system, reviews it.',
  approved: 'Approved: the decision holds.',
  declined: 'Declined: it is not carried out.',
};

/** Words of the review, which are loaded with the journey. */
export const reviewTexts = { 'zh-CN': inChinese, en: inEnglish };
