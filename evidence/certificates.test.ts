import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTrusted, readCertificates } from './certificates';

const folder = mkdtempSync(join(tmpdir(), 'rid-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
writeFileSync(file('config'), '[req]\ndistinguished_name = name\n[name]\n');

const openssl = (...command: string[]) => execFileSync('openssl', command, { stdio: 'pipe' });
const keys = new Set<string>();
let serial = 0;

/** The certificate of a name, which has one key however often it is certified. @param issuer itself unless given */
function certify(name: string, constraints: string, issuer?: string, more: string[] = []) {
  if (!keys.has(name)) {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file(`${name}.key`));
    keys.add(name);
  }
  serial += 1;
  const made = file(`${name}-${serial}.crt`);
  const about = ['-config', file('config'), '-subj', `/CN=${name}`, '-set_serial', String(serial)];
  const extensions = ['-addext', `basicConstraints=critical,${constraints}`];
  const by = issuer ? ['-CA', file(`${issuer}.crt`), '-CAkey', file(`${issuer}.key`)] : [];
  openssl(
    ...['req', '-x509', '-key', file(`${name}.key`), '-out', made, '-days', '1'],
    ...[...about, ...extensions, ...by, ...more],
  );
  const pem = readFileSync(made, 'utf8');
  writeFileSync(file(`${name}.crt`), pem);
  return { file: made, certificate: readCertificates(pem)[0] };
}

type Made = ReturnType<typeof certify>;

/** What we say, and what openssl says. */
async function verdicts(own: Made, between: Made[], root: Made): Promise<[ours: boolean, openssl: boolean]> {
  const others = between.map(({ certificate }) => certificate);
  const ours = await isTrusted(own.certificate, others, [root.certificate], new Date());
  writeFileSync(file('between'), between.map((one) => readFileSync(one.file, 'utf8')).join(''));
  try {
    openssl('verify', '-CAfile', root.file, '-untrusted', file('between'), own.file);
    return [ours, true];
  } catch {
    return [ours, false];
  }
}

const CA = 'CA:TRUE';
const root = certify('root', CA);
const middle = certify('middle', CA, 'root');
const leaf = certify('leaf', 'CA:FALSE', 'middle');
const stranger = certify('stranger', CA);

it('a path through an authority leads to its root, in whatever order the certificates come', async () => {
  expect(await verdicts(leaf, [middle], root)).toEqual([true, true]);
  expect(await verdicts(leaf, [leaf, stranger, root, middle], root)).toEqual([true, true]);
  expect(await verdicts(leaf, [], root)).toEqual([false, false]);
  expect(await verdicts(leaf, [middle], stranger)).toEqual([false, false]);
});

it('what is no authority certifies nobody', async () => {
  const below = certify('below', 'CA:FALSE', 'leaf');
  expect(await verdicts(below, [leaf, middle], root)).toEqual([false, false]);
});

it('an authority has no more authorities below it than it may', async () => {
  const short = certify('short', 'CA:TRUE,pathlen:0', 'root');
  const direct = certify('direct', 'CA:FALSE', 'short');
  const under = certify('under', CA, 'short');
  const beyond = certify('beyond', 'CA:FALSE', 'under');
  expect(await verdicts(direct, [short], root)).toEqual([true, true]);
  expect(await verdicts(beyond, [under, short], root)).toEqual([false, false]);
});

it('a critical extension that nobody knows is not passed over', async () => {
  const odd = certify('odd', CA, 'root', ['-addext', '1.2.3.4=critical,DER:0500']);
  const of = certify('of-odd', 'CA:FALSE', 'odd');
  expect(await verdicts(of, [odd], root)).toEqual([false, false]);
});

it('authorities that certify each other are not followed for ever', async () => {
  certify('one', CA);
  certify('two', CA);
  const rings = Array.from({ length: 5 }, () => [
    certify('one', CA, 'two'),
    certify('two', CA, 'one'),
  ]).flat();
  const of = certify('of-one', 'CA:FALSE', 'one');
  expect(await verdicts(of, rings.slice(0, 2), root)).toEqual([false, false]);
  expect(await verdicts(of, rings, root)).toEqual([false, false]);
  // The way out of the ring is found, also where openssl, which takes the first issuer, does not find it.
  const out = certify('two', CA, 'root');
  expect(await verdicts(of, [out, ...rings.slice(0, 2)], root)).toEqual([true, true]);
  expect((await verdicts(of, [...rings.slice(0, 2), out], root))[0]).toBe(true);
});

it('more certificates than any authority sends are not looked at', async () => {
  const many = Array.from({ length: 11 }, () => stranger);
  expect((await verdicts(leaf, [...many, middle], root))[0]).toBe(false);
});

it('a key of another kind is no reason to fail', async () => {
  openssl('genpkey', '-algorithm', 'ed25519', '-out', file('edwards.key'));
  keys.add('edwards');
  const edwards = certify('edwards', CA, 'root');
  const of = certify('of-edwards', 'CA:FALSE', 'edwards');
  const [ours] = await verdicts(of, [edwards], root);
  expect(typeof ours).toBe('boolean');
});
