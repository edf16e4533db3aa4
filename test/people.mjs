import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const NUMERALS = '零一二三四五六七八九';

/** Account holders of the sandbox who don't exist: born in 1900, each with a card. `at` makes them different. */
export function personAt(at) {
  const seventeen = `1101051900${String((at % 12) + 1).padStart(2, '0')}${String((Math.floor(at / 12) % 28) + 1).padStart(2, '0')}${String(Math.floor(at / 336) % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(seventeen[place]), 0);
  const digits = String(at).padStart(5, '0');
  return {
    account: `bench-${digits}`,
    openId: `bench-open-id-${digits}`,
    name: `测${Array.from(String(at), (digit) => NUMERALS[Number(digit)]).join('')}`,
    document: { type: 'resident-id', number: seventeen + '10X98765432'[sum % 11] },
    phone: `199${String(at).padStart(8, '0')}`,
    bankCards: [{ number: withLuhnDigit(`62${String(at).padStart(16, '0')}`), bank: '样例银行' }],
  };
}

/** Writes `count` persons as the sandbox reads them. */
export function writePersons(file, count) {
  const persons = Array.from({ length: count }, (_, at) => personAt(at));
  writeFileSync(file, JSON.stringify(persons));
  return persons;
}

/** A matter in which one person has two roles, about as long as real ones. */
export function matterOf(person) {
  const field = (at) => ({ label: `事项${at}`, value: `登记内容第${at}项，如申请书所载。`.repeat(2) });
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
        document: person.document,
        roles: ['legal-representative', 'shareholder'],
      },
    ],
  };
}

/** Has the sandbox's registration system push a matter for each of these persons. */
export async function pushMatters(registrySandbox, persons, prefix) {
  for (const [at, person] of persons.entries()) {
    const response = await fetch(`${registrySandbox}/admin/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ externalId: `${prefix}-${at}`, matter: matterOf(person) }),
    });
    const answer = await response.json();
    if (answer.status !== 201)
      throw new Error(`A matter was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
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
