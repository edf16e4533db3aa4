/** Words about reasons and effects of decisions, which are loaded with the pages that show them. */
const inChinese = {
  reason: '理由',
  chooseReason: '请选择理由',
  note: '补充说明（选填）',
  noteHint: '供其他工作人员查看，加密保存，当事人看不到。最多 2000 字。',
  effects: '执行后的结果',
  fourEyes: '提交后由系统指定的另一名人员复核；复核同意前，对外没有任何变化。复核同意后：',
  person: '当事人',
  next: {
    'check-result': '系统重做未完成的核验，手机显示核验结果。',
    'check-page': '回到核验页面，可以再次核验。',
    'to-dos': '回到待办事项列表。',
    completed: '手机显示已确认。',
    closed: '本次办理结束，可以重新发起。',
  },
  left: (face: number, bankCard: number) => `今日还可核验：人脸 ${face} 次，银行卡 ${bankCard} 次`,
  vendor: '核验服务',
  asksVendor: { yes: '再次调用。', maybe: '可能再次调用。', no: '不调用。' },
  matter: '登记业务',
  confirms: { yes: '当事人的确认成立。', no: '不变，继续等待。' },
  registry: '登记系统',
  tellsRegistry: { yes: '以回调告知。', no: '不告知。' },
  undo: '撤销',
  undoes: { never: '不能撤销。', 'until-reviewed': '复核前可由提出人撤回；复核后不能撤销。' },
  withdraw: '撤回',
  withdrawHint: '这是您提出的。复核前可以撤回，撤回后可以重新处理。',
  withdrawn: '已撤回。',
  undoLast: (seconds: number) => `撤销（${seconds} 秒）`,
  undone: '已撤销，由您继续办理。',
  noted: (reason: string, note?: string) => `理由：${reason}${note ? `补充说明：${note}` : ''}`,
};

type DecidingTexts = typeof inChinese;

const inEnglish: DecidingTexts = {
  reason: 'Reason',
  chooseReason: 'Choose a reason',
  note: 'Note (optional)',
  noteHint: 'For other clerks; kept encrypted, and never shown to the person. 2,000 characters at most.',
  effects: 'What it will do',
  fourEyes:
    'A second clerk, picked by the system, reviews it; until then nothing changes outside. Once approved:',
  person: 'The person',
  next: {
    'check-result': 'The check is done again, and the phone shows its result.',
    'check-page': 'Comes back to the page of the check and can try again.',
    'to-dos': 'Comes back to the to-dos.',
    completed: 'The phone shows that it is confirmed.',
    closed: 'This journey ends, and a new one can begin.',
  },
  left: (face, bankCard) => `More checks today: ${face} by face, ${bankCard} by bank card`,
  vendor: 'The vendor',
  asksVendor: { yes: 'Is asked once more.', maybe: 'May be asked once more.', no: 'Is not asked.' },
  matter: 'The matter',
  confirms: { yes: 'The person’s confirmation is made.', no: 'Is as before, and waits.' },
  registry: 'The registration system',
  tellsRegistry: { yes: 'Is told by a callback.', no: 'Is not told.' },
  undo: 'Undo',
  undoes: {
    never: 'Can’t be undone.',
    'until-reviewed': 'Can be taken back by the proposer until it is reviewed, and not after that.',
  },
  withdraw: 'Take back',
  withdrawHint: 'You proposed this. Until it is reviewed you can take it back, and then decide anew.',
  withdrawn: 'Taken back.',
  undoLast: (seconds) => `Undo (${seconds} s)`,
  undone: 'Undone; it is yours again.',
  noted: (reason, note) => `Reason: ${reason}${note ? ` Note: ${note}` : ''}`,
};

export const decidingTexts = { 'zh-CN': inChinese, en: inEnglish };
