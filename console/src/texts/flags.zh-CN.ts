import type { Schemas } from '../client';

type Flag = Schemas['Flag'];

const kinds: Record<Flag['kind'], string> = {
  'device-shared': '一部手机为多人办理',
  'account-shared': '一个账号为多人办理',
  'portrait-shared': '两人的人像完全相同',
  'attack-reported': '核验服务报告攻击',
  'scores-apart': '两次刷脸的相似度相差较大',
};

const things: Record<Schemas['FlagCauses']['sightings'][number]['kind'], (number: number) => string> = {
  device: (number) => `手机 ${number}`,
  account: (number) => `账号 ${number}`,
  portrait: (number) => `人像 ${number}`,
};

export const flagsInChinese = {
  title: '风险提示',
  open: '待复核',
  all: '全部',
  kinds,
  severities: { notice: '提醒', severe: '严重' },
  severe: '该业务暂缓办结，直到复核。',
  matter: '业务',
  version: (number: number) => `第 ${number} 版`,
  person: '人员编号',
  raisedAt: '提示时间',
  verdicts: { cleared: '排除风险', upheld: '确认冒用' },
  meanings: {
    cleared: '确系本人办理，业务继续。',
    upheld: '确认不是本人办理：该确认作废，业务停止并通知登记系统。',
  },
  reviewed: (verdict: string, time: string) => `${time} 复核：${verdict}`,
  onlyReviewers: '由复核人员处理。',
  journeyOf: '办理过程',
  journey: '查看办理过程',
  causes: '查看提示原因',
  causesTitle: '提示原因',
  causesAbout: '提示前一年内的核验。人员只编号，不显示姓名；在您管辖范围内的，可以打开其办理过程。',
  graph: '人员与手机、账号、人像的关系图',
  graphHint: '用 Tab 键逐个查看；下方表格内容相同。',
  things,
  thisPerson: '被提示的人员',
  onePerson: (number: number) => `人员 ${number}`,
  linked: (person: string, thing: string, checks: number) => `${person}用${thing}通过核验 ${checks} 次`,
  thing: '共用',
  who: '人员',
  checks: '通过核验',
  times: (count: number) => `${count} 次`,
  first: '首次',
  last: '最近',
  ownChecks: '该人员的刷脸核验',
  purpose: '核验',
  purposes: { 'identity-face': '首次身份核验', 'matter-face': '签字前身份核验' },
  at: '时间',
  score: '相似度',
  attack: '攻击',
  attackReported: '核验服务报告攻击',
  noChecks: '没有刷脸核验记录。',
  noSightings: '没有可显示的共用情况。',
  empty: '没有待复核的风险提示。',
  emptyAll: '没有风险提示。',
};
