import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../test/setup/certificates';
import { createKeySigner } from './key-signer';
import { readSigningKeys, SigningKeysError } from './signing-keys';

const folder = mkdtempSync(join(tmpdir(), 'rid-signing-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const authority = createAuthority(folder, 'root');
const read = (file: string) => readFileSync(file, 'utf8');
const [one, two] = [authority.issue('one'), authority.issue('two')];
const root = read(authority.certFile);
const rsa = createAuthority(folder, 'rsa', ['rsa:2048']);

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString().replace(/\.\d+/, '');
const key = { id: 'evidence-1', certificates: read(one.certFile) + root, from: hours(1) };
const other = { ...key, id: 'evidence-2', certificates: read(two.certFile) + root };
const json = (...keys: object[]) => JSON.stringify({ keys });

function issuesOf(text: string, env: 'development' | 'production' = 'production'): string[] {
  try {
    readSigningKeys(text, env);
    return [];
  } catch (error) {
    if (error instanceof SigningKeysError) return error.issues.map(({ path, code }) => `${path} ${code}`);
    throw error;
  }
}

it('reads two keys that are live at once, and a retired one', () => {
  const keys = readSigningKeys(json({ ...key, until: hours(2) }, other), 'production');
  expect(keys.all.map(({ id }) => id)).toEqual(['evidence-1', 'evidence-2']);
  expect(keys.byId('evidence-1')?.until).toEqual(new Date(hours(2)));
  expect(keys.byId('evidence-1')?.certificates).toHaveLength(2);
  // Without `until` a key lives as long as its certificate, which these have for a day.
  expect(keys.byId('evidence-2')!.until.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
});

it.each<[string, string]>([
  ['{', ' not_json'],
  [json(), 'keys missing_or_invalid'],
  [json({ ...key, id: 'a b' }), 'keys.0.id invalid_id'],
  [json({ ...key, secret: 1 }), 'keys.0 unknown_field'],
  [json({ ...key, from: '2026-03-01' }), 'keys.0.from not_a_time'],
  [json({ ...key, from: '2026-03-01T00:00:00.500Z' }), 'keys.0.from not_a_time'],
  [json({ ...key, from: '2020-01-01T00:00:00Z' }), 'keys.0.from before_certificate'],
  [json({ ...key, until: hours(48) }), 'keys.0.until after_certificate'],
  [json({ ...key, until: key.from }), 'keys.0.until not_after_from'],
  [json({ ...key, certificates: '' }), 'keys.0.certificates no_chain_of_certificates'],
  [json({ ...key, certificates: read(one.keyFile) }), 'keys.0.certificates no_chain_of_certificates'],
  [json({ ...key, certificates: root + read(one.certFile) }), 'keys.0.certificates no_chain_of_certificates'],
  [json({ ...key, certificates: read(rsa.certFile) }), 'keys.0.certificates not_p256'],
  [json(key, { ...other, id: key.id }), 'keys.1.id duplicate'],
  [json(key, { ...key, id: 'evidence-2' }), 'keys.1.certificates duplicate'],
  [json({ ...key, id: 'embedded-1' }), 'keys.0.id embedded_key'],
])('rejects %s: %s', (text, issue) => {
  expect(issuesOf(text)).toEqual([issue]);
});

it('the error quotes nothing of the file', () => {
  const read = () => readSigningKeys(json({ ...key, certificates: 'Tr0ub4dor' }), 'production');
  expect(read).toThrow(SigningKeysError);
  expect(read).not.toThrow(/Tr0ub4dor/);
});

it('a private key signs under the id of its certificate, and openssl verifies it; another one is not listed', async () => {
  const keys = readSigningKeys(json(key, other), 'production');
  const signer = createKeySigner(read(two.keyFile), keys);
  expect([signer.alg, signer.kid, signer.chain.length]).toEqual(['ES256', 'evidence-2', 2]);
  const signature = await signer.sign(Buffer.from('text'));
  expect(signature).toHaveLength(64);
  expect(() => createKeySigner(read(rsa.keyFile), keys)).toThrow('private_key_not_listed');
  // A key of another type leaves nothing behind by which the next one fails.
  expect(createKeySigner(read(two.keyFile), keys).kid).toBe('evidence-2');
  // The chain is one that openssl accepts too.
  execFileSync('openssl', ['verify', '-CAfile', authority.certFile, two.certFile], { stdio: 'pipe' });
});
