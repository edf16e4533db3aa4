import { execFileSync } from 'node:child_process';
import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEvidenceAuthorities } from '../../test/setup/evidence-authorities';
import type { EvidenceAuthorities } from '../../test/setup/evidence-authorities';
import { createTestKey } from '../../test/setup/signing-key';
import { readCertificates } from '../certificates';
import { createSignerAuthority } from './signer-authority';
import type { Signing } from './signer-authority';

let authorities: EvidenceAuthorities;

beforeAll(async () => {
  authorities = await startEvidenceAuthorities();
}, 60_000);
afterAll(() => authorities.end());

const content = Buffer.from('{"name":"𠅤·试验/甲"}');
const signing = (): Signing => ({
  id: randomUUID(),
  person: { name: '𠅤·试验/甲', documentType: 'resident-id', number: '110101190001010014' },
  content,
  hash: createHash('sha256').update(content).digest('hex'),
  signedAt: new Date().toISOString(),
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as { code?: string }).code,
  );
const certify = (of = signing()) => authorities.sealing.signerAuthority.certify(of);

it('gets a certificate of this person for this signature, which openssl verifies', async () => {
  const { certificates, signature } = await certify();
  const [own] = certificates.map((text) => new X509Certificate(Buffer.from(text, 'base64')));
  expect(own!.subject).toContain('CN=𠅤·试验/甲\nserialNumber=110101190001010014');
  const file = (name: string, bytes: string | Buffer) => {
    writeFileSync(join(authorities.folder, name), bytes);
    return join(authorities.folder, name);
  };
  const certificate = file('own.crt', own!.toString());
  const key = file('own.pub', own!.publicKey.export({ type: 'spki', format: 'pem' }));
  const files = ['-signature', file('signature', Buffer.from(signature, 'base64')), file('content', content)];
  const said = execFileSync('openssl', ['dgst', '-sha256', '-verify', key, ...files], { encoding: 'utf8' });
  expect(said).toContain('Verified OK');
  const { authority } = authorities.files.signerCa;
  execFileSync('openssl', ['verify', '-CAfile', authority.certificate, certificate], { stdio: 'pipe' });
});

it('two signatures have two keys; the same request again has the same certificate', async () => {
  const [one, other] = [signing(), signing()];
  const first = await certify(one);
  expect(await certify(one)).toEqual(first);
  expect((await certify(other)).certificates[0]).not.toBe(first.certificates[0]);
});

it.each([
  ['down', 'signer_authority_unreachable'],
  ['slow', 'signer_authority_timeout'],
  ['500', 'signer_authority_failed'],
  ['garbage', 'signer_answer_malformed'],
  ['large', 'signer_answer_malformed'],
  ['refusal', 'signer_refused'],
  ['refusal-of-request', 'signer_authority_failed'],
  ['other-hash', 'signer_signature_wrong'],
  ['other-name', 'signer_certificate_of_another'],
  ['other-number', 'signer_certificate_of_another'],
  ['other-usage', 'signer_certificate_purpose'],
  ['other-root', 'signer_certificate_untrusted'],
])('an authority that is or answers %s: %s', async (mode, code) => {
  const of = signing();
  await authorities.mode('signer-ca', mode, 1);
  expect(await codeOf(certify(of))).toBe(code);
  expect(await codeOf(certify(of))).toBe('fine');
});

it('an answer that was lost is given again', async () => {
  const of = signing();
  await authorities.mode('signer-ca', 'lost-reply', 1);
  expect(await codeOf(certify(of))).toBe('signer_authority_unreachable');
  const count = async () =>
    ((await (await fetch(`${authorities.signerUrl}/admin/certificates`)).json()) as unknown[]).length;
  const before = await count();
  expect(await codeOf(certify(of))).toBe('fine');
  expect(await count()).toBe(before);
});

it('the authority accepts only requests that our key signed', async () => {
  const { signerUrl: url, sealing, files } = authorities;
  const { kid } = sealing.signer;
  const impostor = createSignerAuthority({
    ...{ url, timeoutMs: 2_000, now: () => new Date() },
    signer: { ...createTestKey(kid).signer },
    roots: readCertificates(readFileSync(files.signerCa.authority.certificate, 'utf8')),
  });
  expect(await codeOf(impostor.certify(signing()))).toBe('signer_authority_failed');
});
