import { readSignatureInput } from './signature-input';

const now = new Date('2026-03-01T08:00:00Z');
const seconds = now.getTime() / 1000;
const usual = {
  created: seconds,
  expires: seconds + 300,
  nonce: 'nonce-of-sixteen-or-more',
  keyid: 'ed-1',
  alg: 'ed25519',
};
const expected = { components: ['@method', '@target-uri', 'content-digest'], at: now };
const covered = '"@method" "@target-uri" "content-digest"';

const read = (parameters: object = usual, components = covered) =>
  readSignatureInput(`sig1=(${components})${written(parameters)}`, expected);

const written = (parameters: object) =>
  Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `;${name}=${JSON.stringify(value)}`)
    .join('');

it('reads the parameters of a signature', () => {
  expect(read()).toEqual(usual);
});

it('reads them in any order', () => {
  const reversed = Object.fromEntries(Object.entries(usual).reverse());
  expect(read(reversed, '"content-digest" "@target-uri" "@method"')).toEqual(usual);
});

it.each([
  ['expires this second', { created: seconds - 300, expires: seconds }],
  ['was created 300 seconds ahead', { created: seconds + 300, expires: seconds + 600 }],
  ['is valid for a second', { expires: seconds + 1 }],
])('accepts a signature that %s', (_, times) => {
  expect(read({ ...usual, ...times })).toMatchObject(times);
});

it.each([
  ['has expired', { created: seconds - 10, expires: seconds - 1 }, 'signature_expired'],
  ['is 301 seconds old', { created: seconds - 301, expires: seconds - 1 }, 'signature_expired'],
  [
    'was created 301 seconds ahead',
    { created: seconds + 301, expires: seconds + 400 },
    'signature_not_yet_valid',
  ],
  ['is valid for 301 seconds', { expires: seconds + 301 }, 'signature_lifetime'],
  ['expires before its creation', { created: seconds + 9, expires: seconds + 8 }, 'signature_lifetime'],
])('rejects a signature that %s', (_, times, code) => {
  expect(() => read({ ...usual, ...times })).toThrow(expect.objectContaining({ code }));
});

it.each([
  ['nothing', ''],
  ['one component', '"@method"'],
  ['one too few', '"@method" "@target-uri"'],
  ['one too many', `${covered} "host"`],
  ['one twice', '"@method" "@method" "content-digest"'],
  ['another in its place', '"@method" "@path" "content-digest"'],
  ['a part of one', '"@method" "@target-uri" "content-digest";key="sha-512"'],
  ['one of another message', '"@method";req "@target-uri" "content-digest"'],
  ['names without quotes', '@method @target-uri content-digest'],
  ['names in capitals', '"@METHOD" "@target-uri" "content-digest"'],
])('rejects a signature that covers %s', (_, components) => {
  expect(() => read(usual, components)).toThrow(expect.objectContaining({ code: 'signature_components' }));
});

it.each<[string, object]>([
  ...Object.keys(usual).map((name): [string, object] => [`no ${name}`, { [name]: undefined }]),
  ['created as text', { created: String(seconds) }],
  ['expires as a decimal', { expires: seconds + 0.5 }],
  ['a negative time', { created: -1 }],
  ['a key id that is a number', { keyid: 1 }],
  ['an empty key id', { keyid: '' }],
  ['a short nonce', { nonce: 'fifteen-letters' }],
  ['a long nonce', { nonce: 'n'.repeat(129) }],
  ['an escape', { keyid: 'a"b' }],
  ['a parameter of its own', { tag: 'mine' }],
])('rejects parameters with %s', (_, change) => {
  expect(() => read({ ...usual, ...change })).toThrow(
    expect.objectContaining({ code: 'signature_malformed' }),
  );
});

const good = `sig1=(${covered})${written(usual)}`;

it.each([
  ['a parameter twice', `${good};created=${seconds}`],
  ['an algorithm that is a token', good.replace('"ed25519"', 'ed25519')],
  ['a date', good.replace('created=', 'created=@')],
  ['another label', good.replace('sig1', 'sig2')],
  ['two signatures', `${good}, ${good.replace('sig1', 'sig2')}`],
  ['the same signature twice', `${good}, ${good}`],
  ['an item in the place of a list', `sig1="@method"${written(usual)}`],
  ['no end', 'sig1=("@method"'],
  ['no value', 'sig1'],
  ['nothing', ''],
])('rejects an input with %s', (_, input) => {
  expect(() => readSignatureInput(input, expected)).toThrow(
    expect.objectContaining({ code: 'signature_malformed' }),
  );
});
