import type { CheckPurpose } from '../../domain/attempts';
import type { ConsentKind } from '../../domain/consents';
import { countryLines } from '../../domain/countries';
import type { AcceptanceKind } from '../../domain/decisions';
import { documentTypes } from '../../domain/documents';
import type { EvidenceStatement } from '../../domain/evidence';
import { roles } from '../../domain/roles';
import { shanghaiSecond } from '../../domain/shanghai-time';

// The words of the documents that have no place of their own elsewhere.

export const checkNames: Readonly<Record<CheckPurpose, string>> = {
  certificate: '证件核验',
  'identity-face': '身份核验（刷脸）',
  'matter-face': '业务身份核验（刷脸）',
  'bank-card': '银行卡核验',
  'in-person': '窗口核验',
};

export const acceptanceNames: Readonly<Record<AcceptanceKind, string>> = {
  'on-site': '现场核验',
  notarised: '公证文件',
};

const consentNames: Readonly<Record<ConsentKind, string>> = {
  'personal-information': '个人信息处理规则',
  'face-check': '人脸信息处理单独同意书',
  'portrait-archiving': '人像存档单独同意书',
  'bank-card-check': '银行卡信息处理单独同意书',
  'bank-card-notice': '银行卡核验告知',
};

/** The title of a legal text. A kind that this version does not know any more keeps its own name. */
export function consentName(kind: string): string {
  return kind in consentNames ? consentNames[kind as ConsentKind] : kind;
}

export function documentTypeName({ documentType }: EvidenceStatement['person']): string {
  return documentTypes[documentType].name;
}

/** The Chinese name of a country or region; of a code that is not in the list, such as one of an organisation, the code. */
export function countryName(code: string): string {
  const line = countryLines.split('\n').find((one) => one.startsWith(`${code} `));
  return line?.split(' ')[1] ?? code;
}

/** In the order in which the regulation names them. */
export function roleNamesOf({ roles: held }: EvidenceStatement['matter']['text']['person']): string {
  return Object.entries(roles)
    .filter(([role]) => held.some((one) => one === role))
    .map(([, name]) => name)
    .join('、');
}

/** `2026年11月27日`, in China. */
export function dayOf(at: Date): string {
  const [year = '', month = '', day = ''] = shanghaiSecond(at).slice(0, 10).split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** `2026年11月27日 14:05:09`, in China. */
export function secondOf(at: Date): string {
  return `${dayOf(at)} ${shanghaiSecond(at).slice(11)}`;
}

/** The way in which the person was authenticated, 认证方式. */
export function methodOf({ kind }: EvidenceStatement): string {
  return kind === 'face' ? '线上' : `线下（${acceptanceNames[kind]}）`;
}

/** Says what became of characters that no font has. */
export function noteOf(missing: ReadonlySet<string>): string[] {
  return missing.size === 0
    ? []
    : ['注：〔U+…〕处的文字因字库未收录而无法显示，所列为其 Unicode 编码，以存证原文为准。'];
}
