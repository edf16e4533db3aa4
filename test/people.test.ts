import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { detailDefects, documentTypeNames, readDocumentNumber } from '../domain/documents';
import type { DocumentType } from '../domain/documents';
import { readName } from '../domain/names';
import type { Holder } from '../sandbox/alipay/settings';

// What plain Node imports, jest can't: it is asked in a process of its own.
const COUNT = 800;
const script = `
  import { personAt } from ${JSON.stringify(join(__dirname, 'people.mjs'))};
  const people = ${JSON.stringify(documentTypeNames)}.map((type) =>
    Array.from({ length: ${COUNT} }, (_, at) => personAt(at, type)));
  console.log(JSON.stringify(people));`;
const ask = () =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  ) as Holder[][];
const people = ask();

const TODAY = '2026-11-24';

test.each(documentTypeNames.map((type, at) => [type, people[at]!] as const))(
  'everybody with %s has a valid document, and a name that is compared as it stands',
  (type, holders) => {
    expect(holders.length).toBe(COUNT);
    for (const { name, document } of holders) {
      expect(readDocumentNumber(type, document.number, TODAY)).toMatchObject({
        ok: true,
        number: document.number,
        warnings: [],
      });
      expect(detailDefects(type, document, TODAY)).toEqual([]);
      expect(readName(name)).toEqual({ ok: true, name, matchKey: name });
    }
  },
);

test('no two share a document, a name of the same type, an account, a phone or a card', () => {
  const everybody = people.flat();
  const distinct = (of: (holder: Holder) => string | undefined) => new Set(everybody.map(of)).size;
  const persons = everybody.map(({ document }) => {
    const number = readDocumentNumber(document.type as DocumentType, document.number, TODAY);
    return number.ok ? number.personNumber : undefined;
  });
  expect(new Set(persons).size).toBe(everybody.length);
  expect(distinct(({ account }) => account)).toBe(everybody.length);
  expect(distinct(({ openId }) => openId)).toBe(everybody.length);
  expect(distinct(({ phone }) => phone)).toBe(everybody.length);
  expect(distinct(({ document, name }) => `${document.type} ${name}`)).toBe(everybody.length);
  const cards = everybody.flatMap(({ bankCards }) => bankCards.map(({ number }) => number));
  expect(new Set(cards).size).toBe(COUNT);
});

test.each<[DocumentType, RegExp[]]>([
  ['hmt-residence-permit', [/^81/, /^82/, /^83/]],
  ['hk-macau-travel-permit', [/^H\d{8}$/, /^M\d{8}$/, /^HA\d{7}$/, /^MA\d{7}$/, /^H\d{10}$/]],
  ['taiwan-travel-permit', [/^\d{8}$/, /^\d{10}$/]],
  ['foreign-permanent-resident-id', [/^9\d{16}[\dX]$/, /^[A-Z]{3}\d{12}$/]],
  ['overseas-chinese-passport', [/^E\d{8}$/, /^E[A-Z]\d{7}$/, /^G\d{8}$/, /^14\d{7}$/, /^15\d{7}$/]],
])('%s comes in all its forms', (type, forms) => {
  const holders = people[documentTypeNames.indexOf(type)]!;
  for (const form of forms) expect(holders.some(({ document }) => form.test(document.number))).toBe(true);
});

test('names come in all shapes, and the same person is the same again', () => {
  const names = people.flat().map(({ name }) => name);
  for (const shape of [/^\p{Script=Han}+$/u, /·/, /[\u{20000}-\u{3ffff}]/u, /^[A-Z' -]+$/])
    expect(names.some((name) => shape.test(name))).toBe(true);
  expect(ask()).toEqual(people);
});
