import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { createAuthority } from '../../test/setup/certificates';
import { startEvidenceAuthorities } from '../../test/setup/evidence-authorities';
import type { EvidenceAuthorities } from '../../test/setup/evidence-authorities';
import { readCertificates } from '../certificates';
import { createTimeStamper } from './authority';
import { timeIn, verifyTimeStamp } from './verification';

let authorities: EvidenceAuthorities;
const clock = { now: () => new Date() };

beforeAll(async () => {
  authorities = await startEvidenceAuthorities(() => clock.now());
}, 60_000);
afterAll(() => authorities.end());
afterEach(async () => {
  clock.now = () => new Date();
  await authorities.mode('time-stamping', 'up');
});

const hash = createHash('sha256').update('text').digest();
const stamp = () => authorities.sealing.timeStamper.stamp(hash);
const trust = () => ({
  roots: readCertificates(readFileSync(authorities.files.timeStamping.roots, 'utf8')),
  policy: '1.2.156.1.1',
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as { code?: string }).code,
  );

it('gives a token that we verify, and openssl too', async () => {
  const token = await stamp();
  const { time, policy } = await verifyTimeStamp(token, hash, trust());
  expect(Math.abs(time.getTime() - Date.now())).toBeLessThan(60_000);
  expect([policy, timeIn(token)]).toEqual(['1.2.156.1.1', time]);
  const file = join(authorities.folder, 'token');
  writeFileSync(file, token);
  const how = ['-in', file, '-token_in', '-digest', hash.toString('hex')];
  const roots = ['-CAfile', authorities.files.timeStamping.roots];
  const said = execFileSync('openssl', ['ts', '-verify', ...how, ...roots], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  expect(said).toContain('Verification: OK');
});

it.each([
  ['down', 'time_stamp_unreachable'],
  ['slow', 'time_stamp_timeout'],
  ['500', 'time_stamp_authority_failed'],
  ['garbage', 'time_stamp_malformed'],
  ['rejection', 'time_stamp_rejected'],
  ['other-hash', 'time_stamp_of_another_hash'],
  ['other-nonce', 'time_stamp_nonce_differs'],
  ['other-policy', 'time_stamp_policy_differs'],
  ['other-root', 'time_stamp_untrusted'],
])('an authority that is or answers %s: %s', async (mode, code) => {
  await authorities.mode('time-stamping', mode, 1);
  expect(await codeOf(stamp())).toBe(code);
  expect(await codeOf(stamp())).toBe('fine');
});

it.each([-6, 6])('a clock that is %d minutes away is noticed', async (minutes) => {
  clock.now = () => new Date(Date.now() + minutes * 60_000);
  expect(await codeOf(stamp())).toBe('time_stamp_clock_differs');
});

it('an address that leads elsewhere, and an answer without end, are refused', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/elsewhere') response.writeHead(302, { location: authorities.timeStampUrl }).end();
    else response.end(Buffer.alloc(200_000));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const at = (path: string) =>
    createTimeStamper({
      ...trust(),
      url: `http://127.0.0.1:${port}${path}`,
      timeoutMs: 2_000,
      now: clock.now,
    });
  expect(await codeOf(at('/elsewhere').stamp(hash))).toBe('time_stamp_unreachable');
  expect(await codeOf(at('/long').stamp(hash))).toBe('time_stamp_malformed');
  server.close();
});

it('a token counts for its hash alone, and not under another root', async () => {
  const token = await stamp();
  expect(await codeOf(verifyTimeStamp(token, randomBytes(32), trust()))).toBe('time_stamp_of_another_hash');
  const other = createAuthority(authorities.folder, 'other');
  const roots = readCertificates(readFileSync(other.certFile, 'utf8'));
  expect(await codeOf(verifyTimeStamp(token, hash, { roots }))).toBe('time_stamp_untrusted');
});

/** A token with the same content, signed under a certificate with these extensions. */
function signedUnder(
  token: Buffer,
  name: string,
  extensions: string[],
  days = '1',
): { token: Buffer; root: string } {
  const { folder } = authorities;
  const authority = createAuthority(folder, name);
  const [key, certificate] = [join(folder, `${name}-own.key`), join(folder, `${name}-own.crt`)];
  const [content, made] = [join(folder, `${name}-content`), join(folder, `${name}-token`)];
  const { content: signedData } = pkijs.ContentInfo.fromBER(token);
  const data = new pkijs.SignedData({ schema: signedData });
  writeFileSync(content, Buffer.from(data.encapContentInfo.eContent!.getValue()));
  const by = ['-CA', authority.certFile, '-CAkey', authority.keyFile, '-days', days];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-config', join(folder, `${name}.cnf`), '-subj', '/CN=stamps', '-nodes'],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', key, '-out', certificate, ...by],
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ],
    { stdio: 'pipe' },
  );
  const signs = ['cms', '-sign', '-binary', '-nodetach', '-cades', '-md', 'sha256', '-outform', 'DER'];
  const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4'];
  const files = ['-signer', certificate, '-inkey', key, '-in', content, '-out', made];
  execFileSync('openssl', [...signs, ...type, ...files], { stdio: 'pipe' });
  return { token: readFileSync(made), root: readFileSync(authority.certFile, 'utf8') };
}

it.each<[string, string[], string]>([
  ['critical and for time stamps alone', ['extendedKeyUsage=critical,timeStamping'], 'fine'],
  ['not critical', ['extendedKeyUsage=timeStamping'], 'time_stamp_certificate_purpose'],
  [
    'for something else too',
    ['extendedKeyUsage=critical,timeStamping,codeSigning'],
    'time_stamp_certificate_purpose',
  ],
  ['for something else', ['extendedKeyUsage=critical,codeSigning'], 'time_stamp_certificate_purpose'],
  ['not limited', [], 'time_stamp_certificate_purpose'],
])('a certificate that is %s: %#', async (name, extensions, code) => {
  const { token, root } = signedUnder(await stamp(), name.replaceAll(' ', '-'), extensions);
  expect(await codeOf(verifyTimeStamp(token, hash, { roots: readCertificates(root) }))).toBe(code);
});

it('a certificate that was not valid yet at the time of the token is not trusted', async () => {
  const before = await stamp();
  // Certificates begin with the second in which they are made, so that the next one is late enough.
  while (Date.now() < timeIn(before).getTime() + 1_000) await stamp();
  const { token, root } = signedUnder(before, 'late', ['extendedKeyUsage=critical,timeStamping']);
  expect(await codeOf(verifyTimeStamp(token, hash, { roots: readCertificates(root) }))).toBe(
    'time_stamp_untrusted',
  );
});

it('a changed byte never makes a token say something else', async () => {
  const token = await stamp();
  const said = await verifyTimeStamp(token, hash, trust());
  let refused = 0;
  for (let at = 0; at < token.length; at += 7) {
    const changed = Buffer.from(token);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    // What is left over is not signed: certificates of others, and names in unsigned headers.
    await verifyTimeStamp(changed, hash, trust()).then(
      (result) => expect(result).toEqual(said),
      () => (refused += 1),
    );
  }
  expect(refused).toBeGreaterThan(token.length / 7 / 3);
});

it('a token with bytes behind it is refused, and so is one without its certificate', async () => {
  const token = await stamp();
  const longer = Buffer.concat([token, Buffer.from([0])]);
  expect(await codeOf(verifyTimeStamp(longer, hash, trust()))).toBe('time_stamp_malformed');
  const { content } = pkijs.ContentInfo.fromBER(token);
  const data = new pkijs.SignedData({ schema: content });
  data.certificates = [];
  const stripped = new pkijs.ContentInfo({
    contentType: '1.2.840.113549.1.7.2',
    content: data.toSchema(true),
  });
  const bytes = Buffer.from(stripped.toSchema().toBER());
  expect(asn1js.fromBER(bytes).offset).toBe(bytes.length);
  expect(await codeOf(verifyTimeStamp(bytes, hash, trust()))).toBe('time_stamp_certificate_missing');
});
