import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const NUMERALS = '零一二三四五六七八九';

// Names as they occur: plain, with a separator, with a character beyond the BMP; Latin for those who have no other.
const HAN = [(text) => `测${text}`, (text) => `测试·${text}`, (text) => `𠅤${text}`];
const LATIN = [(text) => `TEST ${text}`, (text) => `O'TEST ${text}`, (text) => `TEST-ALEX ${text}`];

/**
 * For each type of document who holds it and its number, another one for each `at`: born in 1900, or of a series that begins
 * with 9. Every form that the number can have comes up in turn.
 */
const documents = {
  'resident-id': { names: HAN, number: (at) => withMod11(`110105${bornIn1900(at)}`) },
  'hmt-residence-permit': {
    names: HAN,
    validUntil: true,
    number: (at) => withMod11(`${pick(['810000', '820000', '830000'], at)}${bornIn1900(at)}`),
  },
  'hk-macau-travel-permit': {
    names: [...HAN, ...LATIN],
    validUntil: true,
    number(at) {
      const form = pick(['H', 'M', 'HA', 'MA', 'renewed'], at);
      return form === 'renewed' ? `H${serial(at, 8)}01` : `${form}${serial(at, 9 - form.length)}`;
    },
  },
  'taiwan-travel-permit': {
    names: HAN,
    validUntil: true,
    number: (at) => `${serial(at, 8)}${pick(['', '01'], at)}`,
  },
  // Cards of 2023 and of 2017.
  'foreign-permanent-resident-id': {
    names: LATIN,
    validUntil: true,
    number: (at) =>
      at % 2 === 0
        ? withMod11(`911840${bornIn1900(at)}`)
        : withIcao(`USA1${sequence(at)}00${monthAndDay(at)}1`),
  },
  'overseas-chinese-passport': {
    names: HAN,
    validUntil: true,
    number(at) {
      const series = pick(['E', 'EA', 'G', '14', '15'], at);
      return `${series}${serial(at, 9 - series.length)}`;
    },
  },
  'foreign-passport': {
    names: LATIN,
    validUntil: true,
    issuingCountries: ['USA', 'GBR', 'JPN', 'FRA'],
    number: (at) => `P${serial(at, 8)}`,
  },
};

/**
 * An account holder of the sandbox who does not exist, with a valid document of this type.
 * @param at 0–99999, makes them different; the same one is the same person
 */
export function personAt(at, documentType = 'resident-id') {
  const { names, number, validUntil, issuingCountries } = documents[documentType];
  const digits = String(at).padStart(5, '0');
  const typeAt = Object.keys(documents).indexOf(documentType);
  const han = Array.from(String(at), (digit) => NUMERALS[Number(digit)]).join('');
  const latin = Array.from(String(at), (digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  const nameOf = pick(names, at);
  return {
    account: `${documentType}-${digits}`,
    openId: `open-id-${documentType}-${digits}`,
    name: nameOf(LATIN.includes(nameOf) ? latin : han),
    document: {
      type: documentType,
      number: number(at),
      ...(validUntil && { validUntil: '2099-12-31' }),
      ...(issuingCountries && { issuingCountry: pick(issuingCountries, at) }),
    },
    phone: `19${9 - typeAt}${String(at).padStart(8, '0')}`,
    // Only resident ID cards are compared with bank cards.
    bankCards:
      documentType === 'resident-id'
        ? [{ number: withLuhnDigit(`62${String(at).padStart(16, '0')}`), bank: '样例银行' }]
        : [],
  };
}

/** Writes persons as the sandbox reads them. */
export function writePersons(file, persons) {
  writeFileSync(file, JSON.stringify(persons));
}

/** A matter in which one person has two roles, about as long as real ones. */
export function matterOf(person, changes = {}) {
  const field = (at) => ({ label: `事项${at}`, value: `登记内容第${at}项，如申请书所载。`.repeat(2) });
  const { type, number, issuingCountry } = person.document;
  return {
    version: 1,
    authority: '110105',
    kind: 'establishment',
    entity: { name: `北京${person.name}样例有限公司` },
    sections: ['基本信息', '经营范围'].map((title) => ({
      title,
      fields: Array.from({ length: 8 }, (_, at) => field(at + 1)),
    })),
    documents: [{ name: '章程', sha256: createHash('sha256').update(person.account).digest('hex') }],
    persons: [
      {
        reference: 'P-1',
        name: person.name,
        document: { type, number, issuingCountry },
        roles: ['legal-representative', 'shareholder'],
      },
    ],
    ...changes,
  };
}

/** Has the sandbox's registration system push a matter. */
export async function pushMatter(registrySandbox, externalId, matter) {
  const response = await fetch(`${registrySandbox}/admin/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ externalId, matter }),
  });
  const answer = await response.json();
  if (answer.status !== 201)
    throw new Error(`A matter was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** A matter for each of these persons. */
export async function pushMatters(registrySandbox, persons, prefix) {
  for (const [at, person] of persons.entries()) {
    await pushMatter(registrySandbox, `${prefix}-${at}`, matterOf(person));
  }
}

function pick(choices, at) {
  return choices[at % choices.length];
}

/** So many digits of which the first is 9. */
function serial(at, length) {
  return `9${String(at).padStart(length - 1, '0')}`;
}

const twoDigits = (number) => String(number).padStart(2, '0');

function monthAndDay(at) {
  return twoDigits((at % 12) + 1) + twoDigits((Math.floor(at / 12) % 28) + 1);
}

/** What tells those apart who were born on the same day: three digits. */
function sequence(at) {
  return String(Math.floor(at / 336)).padStart(3, '0');
}

/** `1900MMDDSSS`, as numbers of citizens hold it. */
function bornIn1900(at) {
  return `1900${monthAndDay(at)}${sequence(at)}`;
}

// Check digits are written out here again: tests would not notice a mistake of the domain's own code.
function withMod11(seventeen) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(seventeen[place]), 0);
  return seventeen + '10X98765432'[sum % 11];
}

function withIcao(text) {
  const sum = Array.from(text).reduce(
    (total, character, place) => total + parseInt(character, 36) * [7, 3, 1][place % 3],
    0,
  );
  return text + String(sum % 10);
}

function withLuhnDigit(digits) {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, at) => {
      const doubled = at % 2 === 0 ? digit * 2 : digit;
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
