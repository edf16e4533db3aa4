const inChinese = {
  title: '投诉建议',
  waiting: '待答复',
  answered: '已答复',
  kinds: { complaint: '投诉', suggestion: '建议' },
  number: '受理编号',
  madeAt: '提交时间',
  journey: '查看办理过程',
  answer: '答复',
  answerHint: '当事人会在小程序中看到。1 至 2000 字，不能有网址。答复后不能修改。',
  hidden: '您的角色不能查看投诉建议和答复的内容，其中可能有个人信息，仅供答复人员查看。',
  send: '发出答复',
  sent: '已答复。',
  empty: '没有待答复的投诉建议。',
  emptyAnswered: '还没有答复过的投诉建议。',
};

const inEnglish: typeof inChinese = {
  title: 'Complaints and suggestions',
  waiting: 'Waiting',
  answered: 'Answered',
  kinds: { complaint: 'Complaint', suggestion: 'Suggestion' },
  number: 'Number',
  madeAt: 'Made at',
  journey: 'See the journey',
  answer: 'Answer',
  answerHint:
    'The person reads it in the mini-program. 1 to 2,000 characters, no links. It can’t be changed.',
  hidden: 'Your role is not shown what was written. It may name a person, and is for clerks who answer.',
  send: 'Send the answer',
  sent: 'Answered.',
  empty: 'No complaint waits.',
  emptyAnswered: 'None has been answered.',
};

/** Words about complaints, which are loaded with their page. */
export const complaintTexts = { 'zh-CN': inChinese, en: inEnglish };
