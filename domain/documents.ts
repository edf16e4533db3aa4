import { ageOn } from './shanghai-time';
import { hasIcaoCheck, hasMod11Check, isDate } from './check-digits';
import { validityDefect } from './document-validity';
import type { ValidityDefect } from './document-validity';

/** Why a number can't be one of its document. */
export type NumberDefect =
  | 'number_missing'
  | 'number_length'
  | 'number_form'
  | 'number_region'
  | 'number_date'
  | 'number_in_future'
  | 'number_check_digit'
  /** A resident ID number of 15 digits: such cards are void since 2013 (居民身份证法 art. 23). */
  | 'number_legacy_15'
  | NumberOfAnother;

/** The number is one of another document, which the code names. */
type NumberOfAnother =
  | 'number_of_resident_id'
  | 'number_of_hmt_residence_permit'
  | 'number_of_hk_macau_travel_permit'
  | 'number_of_taiwan_travel_permit'
  | 'number_of_foreign_permanent_resident_id'
  | 'number_of_overseas_chinese_passport';

export type DetailDefect =
  | 'valid_until_missing'
  | 'valid_until_not_asked'
  | ValidityDefect
  | 'issuing_country_missing'
  | 'issuing_country_not_asked'
  /** Chinese passports, and what residents of Hong Kong, Macau and Taiwan hold, are other documents of the list. */
  | 'issuing_country_not_foreign';

export type DocumentNumber =
  | {
      ok: true;
      /** Normalised. */
      number: string;
      /** The part that stays the same when a document is replaced; what a person is known by. */
      personNumber: string;
      /** `YYYY-MM-DD`, where the number tells it. */
      birthDate?: string;
      /** A region that is not in the list of divisions is suspicious and no more: old codes live on in old numbers. */
      warnings: 'number_region_unknown'[];
    }
  | { ok: false; code: NumberDefect };

/** The one document of which Alipay tells name and number, where the person permits it. */
export const authorizedDocument = 'resident-id';

/** The details that are required beside name and number. */
export const documentDetails = ['valid-until', 'issuing-country'] as const;
type DocumentDetail = (typeof documentDetails)[number];

interface DocumentRule {
  /** As people choose it from the list. */
  name: string;
  asks: readonly DocumentDetail[];
  /**
   * What Alipay's face check calls it (`OpenCertifyIdentityParam`). Whether the contract covers it is configuration; people with
   * a document that is not covered, or has no such check, go to the window.
   */
  alipayCertType?: (number: string) => string;
  /** Whether Alipay compares it with whose account it is (`certdoc.certverify`): only then the account is proven to be theirs. */
  holderCheck: boolean;
  /** Whether the person's own bank card is checked too. */
  bankCardRequired: boolean;
  /** The code with which other documents reject its number; only passports of other countries have no form of their own. */
  numberCode?: NumberOfAnother;
  /** A check digit makes its number unmistakable: no passport of another country has such a one. */
  hasCheckDigit: boolean;
  read: (number: string, today: string) => DocumentNumber;
}

/**
 * Documents: everything that is different between them. A number that passes can exist, which keeps typing errors out and proves
 * nothing.
 */
const rules = {
  'resident-id': {
    name: '居民身份证',
    asks: [],
    alipayCertType: () => 'IDENTITY_CARD',
    holderCheck: true,
    bankCardRequired: true,
    numberCode: 'number_of_resident_id',
    hasCheckDigit: true,
    read: readResidentId,
  },
  'hmt-residence-permit': {
    name: '港澳台居民居住证',
    asks: ['valid-until'],
    alipayCertType: (number) =>
      number.startsWith('83') ? 'RESIDENCE_PERMIT_TAIWAN' : 'RESIDENCE_PERMIT_HK_MC',
    holderCheck: false,
    bankCardRequired: false,
    numberCode: 'number_of_hmt_residence_permit',
    hasCheckDigit: true,
    read: readResidencePermit,
  },
  'hk-macau-travel-permit': {
    name: '港澳居民来往内地通行证',
    asks: ['valid-until'],
    alipayCertType: () => 'HOME_VISIT_PERMIT_HK_MC',
    holderCheck: false,
    bankCardRequired: false,
    numberCode: 'number_of_hk_macau_travel_permit',
    hasCheckDigit: false,
    read: readHkMacauPermit,
  },
  'taiwan-travel-permit': {
    name: '台湾居民来往大陆通行证',
    asks: ['valid-until'],
    alipayCertType: () => 'HOME_VISIT_PERMIT_TAIWAN',
    holderCheck: false,
    bankCardRequired: false,
    numberCode: 'number_of_taiwan_travel_permit',
    hasCheckDigit: false,
    read: readTaiwanPermit,
  },
  'foreign-permanent-resident-id': {
    name: '外国人永久居留身份证',
    asks: ['valid-until'],
    alipayCertType: () => 'PERMANENT_RESIDENCE_FOREIGNER',
    holderCheck: false,
    bankCardRequired: false,
    numberCode: 'number_of_foreign_permanent_resident_id',
    hasCheckDigit: true,
    read: readPermanentResidence,
  },
  // 2012, 2017 and the series before; official passports and those of Hong Kong and Macau are others.
  'overseas-chinese-passport': {
    name: '华侨持用护照',
    asks: ['valid-until'],
    holderCheck: false,
    bankCardRequired: false,
    numberCode: 'number_of_overseas_chinese_passport',
    hasCheckDigit: false,
    read: matching(/^(E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|1[45]\d{7})$/),
  },
  'foreign-passport': {
    name: '外国护照',
    asks: ['valid-until', 'issuing-country'],
    holderCheck: false,
    bankCardRequired: false,
    hasCheckDigit: false,
    read: matching(/^[A-Z0-9]{5,20}$/),
  },
} as const satisfies Record<string, DocumentRule>;

export type DocumentType = keyof typeof rules;

export const documentTypes: Readonly<Record<DocumentType, DocumentRule>> = rules;

export const documentTypeNames = Object.keys(documentTypes) as [DocumentType, ...DocumentType[]];

/** @throws RangeError for a name that is no document type */
export function documentTypesOf(names: readonly string[]): DocumentType[] {
  return names.map((name) => {
    const type = documentTypeNames.find((known) => known === name);
    if (!type) throw new RangeError(`There is no document type ${JSON.stringify(name)}.`);
    return type;
  });
}

/** Below it people go to the window: there is no flow for guardians (民法典 art. 17, 19). */
export const FULL_AGE = 18;

/**
 * Reads a number as typed: full-width characters, spaces, hyphens and case do not matter. One that is of another document is refused
 * by naming that one, wherever the forms tell them apart.
 * @param today in China, `YYYY-MM-DD`
 */
export function readDocumentNumber(type: DocumentType, typed: string, today: string): DocumentNumber {
  const number = normaliseNumber(typed);
  if (number === '') return no('number_missing');
  const read = documentTypes[type].read(number, today);
  const other = documentTypeNames
    .filter((one) => one !== type)
    .map((one) => documentTypes[one])
    .find((rule) => rule.numberCode && isCertainlyRead(rule.read(number, today)));
  // The forms of all but foreign passports exclude each other.
  if (other?.numberCode && (!read.ok || other.hasCheckDigit)) return no(other.numberCode);
  return isLegacyResidentId(number) ? no('number_legacy_15') : read;
}

/** A region that is not in the list makes it no surer that the number is of this document. */
function isCertainlyRead(number: DocumentNumber): boolean {
  return number.ok && number.warnings.length === 0;
}

/** Beside the number: until when it is valid (`YYYY-MM-DD`, the last day), and which country issued it (ISO 3166-1 alpha-3). */
export interface DocumentDetails {
  validUntil?: string;
  issuingCountry?: string;
}

/** The defect of a detail: missing, not required, expired, or not plausible. */
export function detailDefects(
  type: DocumentType,
  { validUntil, issuingCountry }: DocumentDetails,
  today: string,
): DetailDefect[] {
  const { asks } = documentTypes[type];
  const defects: (DetailDefect | false)[] = [
    asks.includes('valid-until')
      ? validUntil === undefined && 'valid_until_missing'
      : validUntil !== undefined && 'valid_until_not_asked',
    validUntil !== undefined && (validityDefect(validUntil, today) ?? false),
    countryDefect(type, issuingCountry) ?? false,
  ];
  return defects.filter((defect) => defect !== false);
}

const NOT_FOREIGN = ['CHN', 'HKG', 'MAC', 'TWN'];

/** The defect of the issuing country, which is the only detail that registration systems push. */
export function countryDefect(type: DocumentType, country: string | undefined): DetailDefect | undefined {
  if (!documentTypes[type].asks.includes('issuing-country'))
    return country === undefined ? undefined : 'issuing_country_not_asked';
  if (country === undefined) return 'issuing_country_missing';
  return NOT_FOREIGN.includes(country) ? 'issuing_country_not_foreign' : undefined;
}

/** The number by which a person is known; passport numbers are unique within their issuing country. */
export function personNumberOf(
  number: Pick<Extract<DocumentNumber, { ok: true }>, 'personNumber'>,
  { issuingCountry }: DocumentDetails,
): string {
  return issuingCountry === undefined ? number.personNumber : `${issuingCountry} ${number.personNumber}`;
}

/** What Alipay calls the document in a face check; undefined where people with it go to the window. */
export function faceCheckTypeOf(
  type: DocumentType,
  number: string,
  covered: readonly DocumentType[],
): string | undefined {
  return covered.includes(type) ? documentTypes[type].alipayCertType?.(number) : undefined;
}

/**
 * Why a person has no check online, and goes to the window; undefined for all others.
 * @param covered the documents for which the contract has a face check
 * @param today in China, `YYYY-MM-DD`
 */
export function windowReasonOf(
  { documentType, number: typed }: { documentType: DocumentType; number: string },
  covered: readonly DocumentType[],
  today: string,
): 'document_type_goes_to_window' | 'minor_goes_to_window' | undefined {
  const number = readDocumentNumber(documentType, typed, today);
  if (!number.ok) return undefined;
  if (faceCheckTypeOf(documentType, number.number, covered) === undefined)
    return 'document_type_goes_to_window';
  const isMinor = number.birthDate !== undefined && ageOn(number.birthDate, today) < FULL_AGE;
  return isMinor ? 'minor_goes_to_window' : undefined;
}

/** Doing it twice changes nothing more. */
export function normaliseNumber(typed: string): string {
  return typed
    .replaceAll(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\s\u200b-\u200d\u2060\ufeff‐-―-]/g, '')
    .toUpperCase();
}

const no = (code: NumberDefect): DocumentNumber => ({ ok: false, code });

const yes = (number: string, personNumber = number): Extract<DocumentNumber, { ok: true }> => ({
  ok: true,
  number,
  personNumber,
  warnings: [],
});

function matching(form: RegExp): DocumentRule['read'] {
  return (number) => (form.test(number) ? yes(number) : no('number_form'));
}

// First two digits of administrative divisions (GB/T 2260).
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)/;

// 公民身份号码 of 港澳台居民居住证: Hong Kong, Macau, Taiwan.
const RESIDENCE_PERMIT = /^8[123]0000/;

/** Six digits of region, two of year, month and day, sequence; no passport has 15 digits. */
function isLegacyResidentId(number: string): boolean {
  return /^\d{15}$/.test(number) && PROVINCES.test(number) && isDate(`19${number.slice(6, 12)}`);
}

function readResidentId(number: string, today: string): DocumentNumber {
  if (/^\d{14}[\dX]$/.test(number)) return no('number_legacy_15');
  if (number.length !== 18) return no('number_length');
  if (!/^\d{17}[\dX]$/.test(number)) return no('number_form');
  // 9 begins the numbers of foreigners.
  if (RESIDENCE_PERMIT.test(number) || number.startsWith('9')) return no('number_region');
  const read = readBirthAndCheck(number, number.slice(6, 14), today);
  return read.ok && !PROVINCES.test(number) ? { ...read, warnings: ['number_region_unknown'] } : read;
}

function readResidencePermit(number: string, today: string): DocumentNumber {
  if (number.length !== 18) return no('number_length');
  if (!/^\d{17}[\dX]$/.test(number)) return no('number_form');
  if (!RESIDENCE_PERMIT.test(number)) return no('number_region');
  return readBirthAndCheck(number, number.slice(6, 14), today);
}

function readBirthAndCheck(number: string, birth: string, today: string): DocumentNumber {
  if (!isDate(birth)) return no('number_date');
  const birthDate = `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`;
  if (birthDate > today) return no('number_in_future');
  if (!hasMod11Check(number)) return no('number_check_digit');
  return { ...yes(number), birthDate };
}

// Cards of 2013 and later have eight digits, older ones two more that count renewals; HA and MA since 2024-07-10 for holders of
// another nationality.
function readHkMacauPermit(number: string): DocumentNumber {
  if (/^(HA|MA)\d{7}$/.test(number)) return yes(number);
  return /^[HM]\d{8}(\d{2})?$/.test(number) ? yes(number, number.slice(0, 9)) : no('number_form');
}

function readTaiwanPermit(number: string): DocumentNumber {
  return /^\d{8}(\d{2})?$/.test(number) ? yes(number, number.slice(0, 8)) : no('number_form');
}

// 2023: 9, two digits of province, three of country (ISO 3166-1), birth, sequence, MOD 11-2. 2017: three letters of country, four
// digits of region, birth, sex, and the check digit of machine-readable documents.
function readPermanentResidence(number: string, today: string): DocumentNumber {
  if (/^9\d{16}[\dX]$/.test(number)) return readBirthAndCheck(number, number.slice(6, 14), today);
  if (!/^[A-Z]{3}\d{12}$/.test(number))
    return no(number.length === 15 || number.length === 18 ? 'number_form' : 'number_length');
  // Two digits of year: the day exists if it does in one of the two centuries.
  const born = number.slice(7, 13);
  if (!isDate(`19${born}`) && !isDate(`20${born}`)) return no('number_date');
  return hasIcaoCheck(number) ? yes(number) : no('number_check_digit');
}
