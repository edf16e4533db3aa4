import fc from 'fast-check';
import { hasMod11Check } from './check-digits';
import {
  detailDefects,
  documentTypeNames,
  documentTypesOf,
  faceCheckTypeOf,
  normaliseNumber,
  personNumberOf,
  readDocumentNumber,
} from './documents';
import type { DetailDefect, DocumentDetails, DocumentType, NumberDefect } from './documents';

const today = '2026-11-24';
const read = (type: DocumentType, number: string) => readDocumentNumber(type, number, today);

const valid: [DocumentType, string][] = [
  ...['110101190001010014', '110101190012310135', '11010119001111006X'].map((n): [DocumentType, string] => [
    'resident-id',
    n,
  ]),
  ...['810000190001010018', '820000190001010028', '830000190001010038'].map((n): [DocumentType, string] => [
    'hmt-residence-permit',
    n,
  ]),
  ...['H00000001', 'M00000002', 'H0000000100', 'HA0000001', 'MA0000002', 'HA0000003'].map(
    (n): [DocumentType, string] => ['hk-macau-travel-permit', n],
  ),
  ...['00000001', '00000002', '0000000101'].map((n): [DocumentType, string] => ['taiwan-travel-permit', n]),
  ...[
    '911840190001010017',
    '931826190002280023',
    '911392190012310030',
    '911124198108030024',
    '932682198501010017',
    'USA110000010117',
    'GBR310000022826',
    'JPN110000123133',
    'CAN110081080310',
  ].map((n): [DocumentType, string] => ['foreign-permanent-resident-id', n]),
  ...['E00000001', 'EA0000001', 'G00000001'].map((n): [DocumentType, string] => [
    'overseas-chinese-passport',
    n,
  ]),
  ...['X00000001', 'L898902C3', 'AB0000000'].map((n): [DocumentType, string] => ['foreign-passport', n]),
];

/**
 * One number of each form: what it is refused with, and which documents take it. A passport of another country may look like a travel
 * permit or a Chinese passport: those pairs can't be told apart.
 */
const forms: [string, NumberDefect, DocumentType[]][] = [
  ['110101190001010014', 'number_of_resident_id', ['resident-id']],
  ['11010119001111006X', 'number_of_resident_id', ['resident-id']],
  ['110101000101001', 'number_legacy_15', []],
  ['810000190001010018', 'number_of_hmt_residence_permit', ['hmt-residence-permit']],
  ['820000190001010028', 'number_of_hmt_residence_permit', ['hmt-residence-permit']],
  ['830000190001010038', 'number_of_hmt_residence_permit', ['hmt-residence-permit']],
  ...['H00000001', 'M00000002', 'H0000000100', 'HA0000001', 'MA0000002'].map(
    (number): (typeof forms)[number] => [
      number,
      'number_of_hk_macau_travel_permit',
      ['hk-macau-travel-permit', 'foreign-passport'],
    ],
  ),
  ...['00000001', '0000000101'].map((number): (typeof forms)[number] => [
    number,
    'number_of_taiwan_travel_permit',
    ['taiwan-travel-permit', 'foreign-passport'],
  ]),
  ['911840190001010017', 'number_of_foreign_permanent_resident_id', ['foreign-permanent-resident-id']],
  ['USA110000010117', 'number_of_foreign_permanent_resident_id', ['foreign-permanent-resident-id']],
  ...['E00000001', 'EA0000001', 'G00000001', '140000001'].map((number): (typeof forms)[number] => [
    number,
    'number_of_overseas_chinese_passport',
    ['overseas-chinese-passport', 'foreign-passport'],
  ]),
];

describe.each(forms)('the number %s', (number, code, takenBy) => {
  it.each(documentTypeNames)(
    `is taken by the documents that it may be of, or refused as ${code}: %s`,
    (type) => {
      expect(read(type, number)).toMatchObject(takenBy.includes(type) ? { ok: true } : { ok: false, code });
    },
  );
});

test('the number of a passport of another country has no form of its own, and is not named', () => {
  const others = documentTypeNames.filter((type) => type !== 'foreign-passport');
  for (const type of others) {
    expect(read(type, 'L898902C3')).toMatchObject({ code: expect.stringMatching(/^number_(form|length)$/) });
  }
});

test('what only looks like the number of another document is refused, and not said to be one', () => {
  // The check digit is wrong.
  expect(read('resident-id', '810000190001010010')).toEqual({ ok: false, code: 'number_region' });
  expect(read('resident-id', '911840190001010010')).toEqual({ ok: false, code: 'number_region' });
  expect(read('foreign-passport', '110101190001010010')).toMatchObject({ ok: true });
});

const invalid: [DocumentType, string, NumberDefect][] = [
  ['resident-id', '', 'number_missing'],
  ['resident-id', '110101190001010010', 'number_check_digit'],
  ['resident-id', '110101190002290011', 'number_date'],
  ['resident-id', '11010119000101001', 'number_length'],
  ['resident-id', '110101000101001', 'number_legacy_15'],
  ['resident-id', '11010119000101001A', 'number_form'],
  ['resident-id', '110101299901010019', 'number_in_future'],
  ['hmt-residence-permit', '810000190001010010', 'number_check_digit'],
  ['hmt-residence-permit', '840000190001010013', 'number_region'],
  ['hmt-residence-permit', '830000190002300037', 'number_date'],
  ['hk-macau-travel-permit', 'A00000001', 'number_form'],
  ['hk-macau-travel-permit', 'H0000001', 'number_form'],
  ['hk-macau-travel-permit', 'H000000010', 'number_form'],
  ['hk-macau-travel-permit', 'HB0000001', 'number_form'],
  ['hk-macau-travel-permit', 'HA000001', 'number_form'],
  ['hk-macau-travel-permit', 'CA0000001', 'number_form'],
  ['taiwan-travel-permit', '0000001', 'number_form'],
  ['taiwan-travel-permit', '000000001', 'number_form'],
  ['taiwan-travel-permit', 'A0000001', 'number_form'],
  ['foreign-permanent-resident-id', '911840190001010010', 'number_check_digit'],
  ['foreign-permanent-resident-id', '811840190001010013', 'number_form'],
  ['foreign-permanent-resident-id', '911840190002300016', 'number_date'],
  ['foreign-permanent-resident-id', 'USA110000010110', 'number_check_digit'],
  ['foreign-permanent-resident-id', 'US1110000010111', 'number_form'],
  ['foreign-permanent-resident-id', 'USA110000130110', 'number_date'],
  ['overseas-chinese-passport', 'EI0000001', 'number_form'],
  ['overseas-chinese-passport', 'EO0000001', 'number_form'],
  ['overseas-chinese-passport', 'E0000001', 'number_form'],
  ['foreign-passport', 'X0000000!', 'number_form'],
];

test.each(valid)('%s: %s can exist', (type, number) => {
  expect(read(type, number)).toMatchObject({ ok: true, number });
});

test.each(invalid)('%s: %s cannot exist: %s', (type, number, code) => {
  expect(read(type, number)).toEqual({ ok: false, code });
});

test('a renewed travel permit belongs to the same person', () => {
  expect(read('hk-macau-travel-permit', 'H0000000100')).toMatchObject({ personNumber: 'H00000001' });
  expect(read('hk-macau-travel-permit', 'H0000000101')).toMatchObject({ personNumber: 'H00000001' });
  expect(read('taiwan-travel-permit', '0000000101')).toMatchObject({ personNumber: '00000001' });
});

test('a number tells the day of birth, and an unknown region is a warning only', () => {
  expect(read('resident-id', '110101190001010014')).toMatchObject({ birthDate: '1900-01-01', warnings: [] });
  const unknown = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X']
    .map((check) => read('resident-id', `00010119000101001${check}`))
    .filter(({ ok }) => ok);
  expect(unknown).toMatchObject([{ warnings: ['number_region_unknown'] }]);
});

test('how it is typed does not matter', () => {
  expect(read('resident-id', ' １１０１０１ 19001111-006x\u200b')).toMatchObject({
    number: '11010119001111006X',
  });
});

test('normalising twice changes nothing more', () => {
  const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(fc.string({ unit }), (typed) => {
      expect(normaliseNumber(normaliseNumber(typed))).toBe(normaliseNumber(typed));
    }),
  );
});

const body = fc.stringMatching(/^\d{17}$/);
const withCheck = (digits: string) =>
  digits + Array.from('0123456789X').find((character) => hasMod11Check(digits + character))!;

test('MOD 11-2 finds every single wrong digit', () => {
  fc.assert(
    fc.property(body, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const right = withCheck(digits);
      const wrong = String((Number(right[at]) + by) % 10);
      expect(hasMod11Check(right.slice(0, at) + wrong + right.slice(at + 1))).toBe(false);
    }),
  );
});

test('MOD 11-2 finds every swap of neighbours', () => {
  fc.assert(
    fc.property(body, fc.nat(15), (digits, at) => {
      fc.pre(digits[at] !== digits[at + 1]);
      const right = withCheck(digits);
      const swapped = [right.slice(0, at), right[at + 1], right[at], right.slice(at + 2)].join('');
      expect(hasMod11Check(swapped)).toBe(false);
    }),
  );
});

test.each<[DocumentType, DocumentDetails, DetailDefect[]]>([
  ['resident-id', {}, []],
  ['resident-id', { validUntil: '2030-01-01' }, ['valid_until_not_asked']],
  ['hmt-residence-permit', {}, ['valid_until_missing']],
  ['hmt-residence-permit', { validUntil: today }, []],
  ['hmt-residence-permit', { validUntil: '2026-11-23' }, ['document_expired']],
  ['hmt-residence-permit', { validUntil: '2086-11-24' }, []],
  ['hmt-residence-permit', { validUntil: '2086-11-25' }, ['valid_until_too_far']],
  ['foreign-passport', {}, ['valid_until_missing', 'issuing_country_missing']],
  ['foreign-passport', { validUntil: '2030-01-01', issuingCountry: 'FRA' }, []],
  ...['CHN', 'HKG', 'MAC', 'TWN'].map((issuingCountry): [DocumentType, DocumentDetails, DetailDefect[]] => [
    'foreign-passport',
    { validUntil: '2030-01-01', issuingCountry },
    ['issuing_country_not_foreign'],
  ]),
  [
    'taiwan-travel-permit',
    { validUntil: '2030-01-01', issuingCountry: 'FRA' },
    ['issuing_country_not_asked'],
  ],
])('%s with %j: %j', (type, details, defects) => {
  expect(detailDefects(type, details, today)).toEqual(defects);
});

test.each<[DocumentType, string, string | undefined]>([
  ['resident-id', '110101190001010014', 'IDENTITY_CARD'],
  ['hmt-residence-permit', '810000190001010018', 'RESIDENCE_PERMIT_HK_MC'],
  ['hmt-residence-permit', '820000190001010028', 'RESIDENCE_PERMIT_HK_MC'],
  ['hmt-residence-permit', '830000190001010038', 'RESIDENCE_PERMIT_TAIWAN'],
  ['hk-macau-travel-permit', 'H00000001', 'HOME_VISIT_PERMIT_HK_MC'],
  ['taiwan-travel-permit', '00000001', 'HOME_VISIT_PERMIT_TAIWAN'],
  ['foreign-permanent-resident-id', '911840190001010017', 'PERMANENT_RESIDENCE_FOREIGNER'],
  ['overseas-chinese-passport', 'E00000001', undefined],
  ['foreign-passport', 'X00000001', undefined],
])('a face check calls %s %s %s, and nothing that the contract does not cover', (type, number, name) => {
  expect(faceCheckTypeOf(type, number, documentTypeNames)).toBe(name);
  expect(faceCheckTypeOf(type, number, [])).toBeUndefined();
});

test('a passport number is one person’s within its country', () => {
  const number = read('foreign-passport', 'X00000001');
  if (!number.ok) throw new Error(number.code);
  const persons = ['FRA', 'DEU'].map((issuingCountry) => personNumberOf(number, { issuingCountry }));
  expect(new Set([...persons, personNumberOf(number, {})]).size).toBe(3);
});

test('a list of documents with a name that is none is refused', () => {
  expect(documentTypesOf(['resident-id', 'foreign-passport'])).toEqual(['resident-id', 'foreign-passport']);
  expect(() => documentTypesOf(['resident-id', 'library-card'])).toThrow('library-card');
});
