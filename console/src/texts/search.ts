/** Words of the search page, which are loaded with it. */
const inChinese = {
  title: '查找',
  number: '编号',
  numberHint: '办理编号（当事人手机上显示）、存证编号，或者登记系统的业务编号，须完整填写。',
  find: '查找',
  person: '按当事人查找',
  personHint: '证件类型、号码和姓名须全部一致。查找人、时间和原因将记入审计记录。',
  documentType: '证件类型',
  documentNumber: '证件号码',
  name: '姓名',
  issuingCountry: '签发国家或地区（三位字母代码）',
  reason: '查找原因',
  chooseReason: '请选择…',
  findPerson: '查找当事人',
  results: '查找结果',
  found: (count: number) => `找到 ${count} 项。`,
  nothing: '没有找到，或不在您的管辖范围。请核对后再查。',
  journeys: '办理过程',
  matters: '业务',
  caseNumber: '办理编号',
  startedAt: (time: string) => `${time} 开始`,
  version: (version: number) => `第 ${version} 版`,
  evidenceJourney: '查看作出该确认的办理过程',
};

const inEnglish: typeof inChinese = {
  title: 'Search',
  number: 'Number',
  numberHint:
    'The case number (which the person’s phone shows), an evidence number, the id of a matter or the registration system’s number; the whole of it.',
  find: 'Find',
  person: 'Find a person',
  personHint:
    'Document type, number and name must all agree. Who searched, when and why is recorded for auditors.',
  documentType: 'Document',
  documentNumber: 'Number of the document',
  name: 'Name',
  issuingCountry: 'Issuing country (three letters)',
  reason: 'Reason',
  chooseReason: 'Choose …',
  findPerson: 'Find the person',
  results: 'Results',
  found: (count) => `${count} found.`,
  nothing: 'Nothing was found, or it is not in your scope. Check the number and try again.',
  journeys: 'Journeys',
  matters: 'Matters',
  caseNumber: 'Case number',
  startedAt: (time) => `began ${time}`,
  version: (version) => `version ${version}`,
  evidenceJourney: 'The journey in which this was confirmed',
};

export const searchTexts = { 'zh-CN': inChinese, en: inEnglish };
