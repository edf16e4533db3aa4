import { createHash, randomBytes } from 'node:crypto';
import { createInventions, createLeakDetector } from './leak-detector';

const number = '110101190001010014';
const card = '6222 0212 3456 7890 128';
const name = '欧阳测试';
const foreignName = 'José Testmann';
const passport = 'ET9X8Y7Z6';
const detector = createLeakDetector([number, card, name, foreignName, passport]);

const ascii = (text: string) =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

const encodings: Record<string, (text: string) => string | Buffer> = {
  'as it stands': (text) => text,
  'as UTF-8 bytes': (text) => Buffer.from(text),
  'in lower case': (text) => text.toLowerCase(),
  'in upper case': (text) => text.toUpperCase(),
  backwards: (text) => [...text.replaceAll(' ', '')].reverse().join(''),
  'in UTF-16 little endian': (text) => Buffer.from(text, 'utf16le'),
  'in UTF-16 big endian': (text) => Buffer.from(text, 'utf16le').swap16(),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in upper case hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in spaced hex': (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '$& '),
  'in hex of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  'in a JSON Buffer': (text) => JSON.stringify(Buffer.from(text)),
  'in an indented JSON Buffer': (text) => JSON.stringify(Buffer.from(text), null, 2),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'in base64 broken into lines': (text) =>
    Buffer.from(`${'x'.repeat(50)}${text}${'x'.repeat(50)}`)
      .toString('base64')
      .replaceAll(/.{8}/g, '$&\r\n'),
  'in base64 of JSON, one byte on': (text) => Buffer.from(JSON.stringify([text])).toString('base64'),
  'in base64 of JSON, two bytes on': (text) => Buffer.from(JSON.stringify([[text]])).toString('base64'),
  'in base64 of escaped JSON': (text) => Buffer.from(text.replaceAll(/[^ -~]/g, ascii)).toString('base64'),
  'in base64 of a URL': (text) => Buffer.from(encodeURIComponent(text)).toString('base64'),
  'in base64 twice': (text) =>
    Buffer.from(`a${Buffer.from(`b${text}c`).toString('base64')}d`).toString('base64'),
  'in a URL': (text) => encodeURIComponent(text),
  'in a form': (text) => new URLSearchParams({ text }).toString().replaceAll('+', '%20'),
  'with every byte percent-encoded': (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '%$&'),
  'with JSON escapes': ascii,
  'with JSON escapes within JSON': (text) => JSON.stringify({ inner: ascii(text) }),
  'with string escapes': (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '\\x$&'),
  'with HTML entities': (text) => [...text].map((letter) => `&#${letter.codePointAt(0)};`).join(''),
  'with hexadecimal HTML entities': (text) =>
    [...text].map((letter) => `&#x${letter.codePointAt(0)?.toString(16)};`).join(''),
  'with a dash between characters': (text) => [...text].join('-'),
  'with a middle dot between characters': (text) => [...text].join('·'),
  'without its spaces': (text) => text.replaceAll(' ', ''),
};

describe.each(Object.entries(encodings))('a value written %s', (_, encode) => {
  test.each([number, card, name, foreignName, passport])('is found: %s', (value) => {
    const around = Buffer.concat([
      Buffer.from('before "'),
      Buffer.from(encode(value) as string),
      Buffer.from('" after'),
    ]);
    expect(detector.search('log', around).map((leak) => leak.value)).toContain(value);
  });
});

test.each([
  ['the last eight digits', '**********01010014'],
  ['a middle part', 'id 1011900010 found'],
  ['a card without spaces, cut off', '6222021234567890'],
  ["a card's last eight digits", 'card ending 67890128.'],
  ['a part in base64', Buffer.from('xx0119000101yy').toString('base64')],
])('finds a number in part: %s', (_, text) => {
  expect(detector.search('log', text)).not.toEqual([]);
});

test('says what was found, where and in which form, once', () => {
  const text = `${number} ${number} ${Buffer.from(number).toString('hex')}`;
  const whole = detector.search('worker.log', text).filter(({ form }) => form !== 'part');
  expect(whole).toEqual([
    { name: 'worker.log', value: number, form: 'plain' },
    { name: 'worker.log', value: number, form: 'hex' },
  ]);
});

test('does not fire on innocent text', () => {
  const innocent = [
    'The api listens on http://127.0.0.1:8080 since 2026-11-24T03:22:10.123Z; born in 1900, area 110101.',
    '欧阳女士在测试环境里登记了一家公司。',
    'José and Mr Testmann, ET9X8, 110101, 1900, ending 0014, card 6222 **** **** 0128',
    JSON.stringify({ attempts: 10, ids: ['00000000-0000-4000-8000-000000000000'] }),
  ].join('\n');
  expect(detector.search('log', innocent)).toEqual([]);
});

test('does not fire on random bytes, nor on hashes and base64 of them', () => {
  const random = randomBytes(300_000);
  const hashes = Array.from({ length: 2000 }, (_, index) =>
    createHash('sha256').update(`${index}`).digest('hex'),
  );
  for (const content of [random, random.toString('hex'), random.toString('base64'), hashes.join('')]) {
    expect(detector.search('dump', content)).toEqual([]);
  }
});

test('does not take eight digits inside a hash for the end of a number', () => {
  expect(detector.search('dump', 'sha256 9f01010014ab')).toEqual([]);
  expect(detector.search('dump', 'number 01010014')).toHaveLength(1);
});

test('refuses a value too short to be told from chance', () => {
  expect(() => createLeakDetector(['12 34'])).toThrow('too short');
  expect(() => createInventions().record('李')).toThrow('too short');
  expect(createLeakDetector(['张三']).search('log', '张三')).toHaveLength(1);
});

test('inventions are searched for from the moment they are recorded', () => {
  const inventions = createInventions();
  expect(inventions.detector().search('log', passport)).toEqual([]);
  expect(inventions.record(passport)).toBe(passport);
  expect(inventions.detector().search('log', passport)).not.toEqual([]);
});
