/** 身份类型: what a person is in a matter (实施细则 art. 16), by the name that the registration system uses and the one people read. */
export const roles = {
  'legal-representative': '法定代表人',
  'executive-partner': '执行事务合伙人',
  'responsible-person': '负责人',
  shareholder: '股东',
  promoter: '发起人',
  partner: '合伙人',
  investor: '投资人',
  operator: '经营者',
  director: '董事',
  supervisor: '监事',
  manager: '经理',
  liaison: '联络员',
  'finance-officer': '财务负责人',
  agent: '代理人',
} as const;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as [Role, ...Role[]];

/** 业务类型 */
export const matterKinds = {
  establishment: '设立登记',
  change: '变更登记',
  deregistration: '注销登记',
  filing: '备案',
} as const;

export type MatterKind = keyof typeof matterKinds;

export const matterKindNames = Object.keys(matterKinds) as [MatterKind, ...MatterKind[]];

// 公司法 art. 178(1): who has no full capacity for civil conduct can be none of these; full capacity begins at 18 (民法典 art. 17).
const ofFullAge: readonly Role[] = [
  'legal-representative',
  'director',
  'supervisor',
  'manager',
  'finance-officer',
];

/** Whether a role is open to persons of 18 and over only. */
export function needsFullAge(role: Role): boolean {
  return ofFullAge.includes(role);
}
