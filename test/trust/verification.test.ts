import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { signCheckpoint } from '../../evidence/log/checkpoint';
import { noteSigners } from '../../evidence/log/note';
import { jwksOf } from '../../evidence/signing/jwks';
import { signDetached } from '../../evidence/signing/jws';
import type { EvidenceBundle } from '../../evidence/verification/bundle';
import { examineFile, readEvidenceFile } from '../../evidence/verification/file';
import { conclusionOf } from '../../evidence/verification/findings';
import type { Mismatch, ProvenPart } from '../../evidence/verification/findings';
import { keysOfJwks } from '../../evidence/verification/trust';
import type { Trust } from '../../evidence/verification/trust';
import type { ActivityHarness } from '../setup/activity-harness';
import type { TestApi } from '../setup/api';
import type { EvidenceAuthorities } from '../setup/evidence-authorities';
import { LOG_ORIGIN, logIdentity, logVerifiers } from '../setup/keys';
import { sealEvidenceOf } from '../setup/sealed-evidence';
import type { SealedEvidence } from '../setup/sealed-evidence';

// What somebody can change in evidence that they were given, or in the database, and which check says so.

let sealed: SealedEvidence;
let harness: ActivityHarness;
let authorities: EvidenceAuthorities;
let api: TestApi;
let trust: Trust;
let bundle: EvidenceBundle;
let letter: Buffer;
let code: string;

beforeAll(async () => {
  sealed = await sealEvidenceOf('V-1');
  ({ harness, authorities, api, trust, bundle, letter, code } = sealed);
}, 180_000);
afterAll(() => sealed.end());

const verify = async (body: object) =>
  await request(api.server).post('/api/evidence-verifications').send(body);
const wrongIn = (findings: { part: string; result: string; code: string }[]) =>
  findings.filter(({ result }) => result === 'wrong').map(({ part, code: why }) => `${part} ${why}`);
const offline = async (file: Buffer, believed = trust) => {
  const { findings } = await examineFile(readEvidenceFile(file)!, believed);
  return { findings, conclusion: conclusionOf(findings) };
};
const asFile = (changed: object) => Buffer.from(JSON.stringify(changed));
const flip = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
};
const flipText = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

it('a bundle proves everything, offline and here', async () => {
  const { findings, conclusion } = await offline(asFile(bundle));
  expect(findings.map(({ part, result }) => `${part} ${result}`)).toEqual([
    ...['document proven', 'document proven', 'record proven', 'signature proven'],
    ...['time-stamp proven', 'signer proven', 'log proven'],
  ]);
  expect(conclusion).toBe('genuine');
  const { body } = await verify({ file: asFile(bundle).toString('base64') });
  expect([body.conclusion, wrongIn(body.findings)]).toEqual(['genuine', []]);
});

it.each([
  ['number and code', () => ({ number: bundle.number, code })],
  ['number and code as people type them', () => ({ number: bundle.number, code: ` ${code.toLowerCase()} ` })],
  ['the letter', () => ({ file: letter.toString('base64') })],
  ['evidence.json', () => ({ file: Buffer.from(bundle.record).toString('base64') })],
])('by %s it says what was confirmed, with the name masked', async (_, body) => {
  const { status, body: answer } = await verify(body());
  expect(status).toBe(200);
  expect(answer).toMatchObject({
    conclusion: 'genuine',
    confirmation: { number: bundle.number, state: 'confirmed', person: expect.stringMatching(/\*/) },
  });
  const name = (JSON.parse(bundle.record) as { person: { name: string } }).person.name;
  expect(JSON.stringify(answer)).not.toContain(name);
});

type Change = () => EvidenceBundle | Promise<EvidenceBundle>;
const rows: [string, Change, ProvenPart, Mismatch][] = [
  [
    'a character of the record',
    () => ({ ...bundle, record: bundle.record.replace('"number"', '"numbér"') }),
    'record',
    'record_malformed',
  ],
  [
    'a name in the record',
    () => ({ ...bundle, record: bundle.record.replace(/("name":")[^"]/, '$1甲') }),
    'signature',
    'signature_wrong',
  ],
  ['the hash', () => ({ ...bundle, sha256: 'a'.repeat(64) }), 'record', 'record_altered'],
  ['the hash, seen by the log', () => ({ ...bundle, sha256: 'a'.repeat(64) }), 'log', 'log_proof_of_another'],
  [
    'the signature',
    () => ({ ...bundle, jws: flipText(bundle.jws!, bundle.jws!.length - 20) }),
    'signature',
    'signature_wrong',
  ],
  [
    'the signature, seen by the time stamp',
    () => ({ ...bundle, jws: flipText(bundle.jws!, bundle.jws!.length - 20) }),
    'time-stamp',
    'time_stamp_of_another_hash',
  ],
  ['the form of the signature', () => ({ ...bundle, jws: 'x' }), 'signature', 'jws_malformed'],
  [
    'the stamp of another document',
    async () => ({
      ...bundle,
      timeStamp: (await authorities.sealing.timeStamper.stamp(randomBytes(32))).toString('base64'),
    }),
    'time-stamp',
    'time_stamp_of_another_hash',
  ],
  [
    'a byte of the stamp’s signature',
    () => {
      const token = Buffer.from(bundle.timeStamp!, 'base64');
      return { ...bundle, timeStamp: flip(token, token.length - 5).toString('base64') };
    },
    'time-stamp',
    'time_stamp_signature_wrong',
  ],
  [
    'the signature of the person',
    () => withSigner(({ certificates, signature }) => ({ certificates, signature: flipText(signature, 20) })),
    'signer',
    'signer_signature_wrong',
  ],
  [
    'the roots of the person’s certificate',
    () => withSigner(({ certificates, signature }) => ({ certificates: certificates.slice(1), signature })),
    'signer',
    'signer_certificate_untrusted',
  ],
  [
    'the terms under which the person signed',
    () => ({ ...bundle, signer: { kind: 'before-terms' } }),
    'signer',
    'signer_terms_missing',
  ],
  [
    'the place in the log',
    () => ({ ...bundle, inclusion: bundle.inclusion!.replace('index 0', 'index 1') }),
    'log',
    'log_proof_of_another',
  ],
  [
    'the tree of the proof',
    () =>
      withCheckpoint(
        signCheckpoint({ origin: LOG_ORIGIN, size: 6, root: randomBytes(32) }, logIdentity.signers),
      ),
    'log',
    'log_proof_of_another',
  ],
  [
    'who signed the checkpoint',
    () => {
      const { privateKey } = generateKeyPairSync('ed25519', {
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      return withCheckpoint(
        signCheckpoint(
          { origin: LOG_ORIGIN, size: 6, root: randomBytes(32) },
          noteSigners(privateKey, LOG_ORIGIN),
        ),
      );
    },
    'log',
    'checkpoint_not_signed',
  ],
  [
    'a byte of the letter',
    () => ({
      ...bundle,
      documents: bundle.documents.map((one) => ({
        ...one,
        content: flip(Buffer.from(one.content!, 'base64'), 2000).toString('base64'),
      })),
    }),
    'document',
    'pdf_altered',
  ],
];

function withSigner(
  change: (proof: { certificates: string[]; signature: string }) => {
    certificates: string[];
    signature: string;
  },
): EvidenceBundle {
  if (bundle.signer?.kind !== 'certificate') throw new Error('There is no certificate.');
  return { ...bundle, signer: { kind: 'certificate', proof: change(bundle.signer.proof) } };
}
function withCheckpoint(note: string): EvidenceBundle {
  return {
    ...bundle,
    inclusion: `${bundle.inclusion!.slice(0, bundle.inclusion!.indexOf('\n\n') + 2)}${note}`,
  };
}

it.each(rows)('whoever changes %s is found out', async (_, change, part, why) => {
  const changed = await change();
  const { findings, conclusion } = await offline(asFile(changed));
  expect(findings).toContainEqual({ part, result: 'wrong', why });
  expect(conclusion).toBe('wrong');
});

it.each<[string, () => Buffer, Mismatch]>([
  ['a byte changed', () => flip(letter, 3000), 'pdf_altered'],
  ['something added', () => Buffer.concat([letter, Buffer.from('% more\n')]), 'pdf_not_covered'],
  [
    'no signature',
    () => Buffer.from(letter.toString('latin1').replaceAll('/ByteRange', '/ByteRangf'), 'latin1'),
    'pdf_not_signed',
  ],
])('a letter with %s is refused, offline and here', async (_, change, why) => {
  const file = change();
  expect((await offline(file)).findings).toEqual([{ part: 'document', result: 'wrong', why }]);
  const { body } = await verify({ file: file.toString('base64') });
  expect([body.conclusion, wrongIn(body.findings)]).toEqual(['wrong', [`document ${why}`]]);
});

it('a key that is not ours, or was retired before, proves nothing', async () => {
  const none: Trust = { ...trust, keys: { all: [], byId: () => undefined } };
  expect((await offline(asFile(bundle), none)).findings).toContainEqual({
    part: 'signature',
    result: 'wrong',
    why: 'key_unknown',
  });
  expect((await offline(letter, none)).findings).toEqual([
    { part: 'document', result: 'wrong', why: 'pdf_signer_unknown' },
  ]);
  const { keys } = jwksOf(authorities.sealing.keys);
  const retired = { ...trust, keys: keysOfJwks({ keys: keys.map((key) => ({ ...key, exp: key.nbf + 1 })) }) };
  expect((await offline(asFile(bundle), retired)).findings).toContainEqual({
    part: 'signature',
    result: 'wrong',
    why: 'key_not_live',
  });
  expect((await offline(letter, retired)).findings).toEqual([
    { part: 'document', result: 'wrong', why: 'pdf_key_not_live' },
  ]);
});

it('what another system signed in the same way is not ours', async () => {
  const record = bundle.record.replace(/("salt":")[^"]/, '$1x');
  const jws = await signDetached(authorities.sealing.signer, Buffer.from(record), new Date());
  const { body } = await verify({
    file: asFile({ ...bundle, record, jws, documents: [] }).toString('base64'),
  });
  expect([body.conclusion, body.confirmation]).toEqual(['wrong', undefined]);
  const bare = await verify({ file: Buffer.from(record).toString('base64') });
  expect(wrongIn(bare.body.findings)).toEqual(['record not_ours']);
});

it('a time stamp that was replaced in the database is not the one that was stored', async () => {
  const { jws } = (await harness.store.knex('evidence_seals').first('jws'))!;
  const hash = createHash('sha256').update(jws!).digest();
  const kept = (await harness.store.knex('evidence_seals').first('time_stamp'))!.time_stamp;
  await harness
    .owner('evidence_seals')
    .update({ time_stamp: await authorities.sealing.timeStamper.stamp(hash) });
  const { body } = await verify({ number: bundle.number, code });
  await harness.owner('evidence_seals').update({ time_stamp: kept });
  expect(wrongIn(body.findings)).toEqual(['time-stamp time_stamp_altered']);
});

it('without the code nothing is told, not even whether there is such evidence', async () => {
  const answers = [
    await verify({ number: bundle.number, code: 'AAAA-AAAA-AAAA-AAAA' }),
    await verify({ number: '20260101-AAAAAAAAAA', code }),
    await verify({ number: bundle.number, code: code.slice(1) }),
    await verify({ number: 'ú%Â', code: '' }),
  ];
  for (const { status, body } of answers) {
    expect([status, body.error.code]).toEqual([404, 'verification_refused']);
    expect({ ...body.error, requestId: '' }).toEqual({ ...answers[0]!.body.error, requestId: '' });
  }
});

it.each([
  ['a picture', { file: Buffer.from('GIF89a').toString('base64') }, 422, 'evidence_file_unreadable'],
  ['other JSON', { file: Buffer.from('{"format":1}').toString('base64') }, 422, 'evidence_file_unreadable'],
  ['no Base64', { file: '###' }, 422, 'invalid'],
  ['number without code', { number: '20260101-AAAAAAAAAA' }, 422, 'invalid'],
  ['more than that', { number: '1', code: '2', file: '' }, 422, 'invalid'],
])('%s is refused plainly', async (_, body, status, expected) => {
  const response = await verify(body);
  expect([response.status, response.body.error.code]).toEqual([status, expected]);
});

it('the registration system gets only what is its own', async () => {
  for (const path of [
    `/api/registry/matters/V-2/evidence/${bundle.number}`,
    '/api/registry/matters/V-1/evidence/20260101-AAAAAAAAAA',
  ])
    expect((await request(api.server).get(path).set(api.signed('GET', path))).status).toBe(404);
});

it('each verification and each bundle is recorded', async () => {
  const views = await harness.store.knex('evidence_views').select('viewer', 'part');
  expect(views).toContainEqual({ viewer: 'registration-system', part: 'bundle' });
  expect(views).toContainEqual({ viewer: 'verifier', part: 'summary' });
});

it('a checkpoint that we have not published is found out here', async () => {
  const [index = ''] = /^c2sp.org[^]*?\n\n/.exec(bundle.inclusion!) ?? [];
  const note = signCheckpoint({ origin: LOG_ORIGIN, size: 7, root: randomBytes(32) }, logIdentity.signers);
  const changed = asFile({ ...bundle, inclusion: `${index}${note}` });
  const { body } = await verify({ file: changed.toString('base64') });
  expect(wrongIn(body.findings)).toContain('log checkpoint_not_published');
});

it('a letter whose signature is written in other digits is not the one that we keep', async () => {
  const at = letter.lastIndexOf('/Contents <') + '/Contents <'.length;
  const digits = letter.toString('latin1', at, at + 400);
  const changed = Buffer.from(letter);
  changed.write(digits.toUpperCase(), at, 'latin1');
  const { body } = await verify({ file: changed.toString('base64') });
  expect(body.conclusion).toBe('wrong');
});

it('the portrait of another, and the letter of another record, are found out', async () => {
  const content = randomBytes(100).toString('base64');
  const sha256 = createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex');
  const portrait = { mediaType: 'image/png', sha256, content };
  expect((await offline(asFile({ ...bundle, portrait }))).findings).toContainEqual({
    ...{ part: 'portrait', result: 'wrong', why: 'portrait_differs' },
  });
  const record = bundle.record.replace(/("salt":")[^"]/, '$1x');
  expect((await offline(asFile({ ...bundle, record }))).findings).toContainEqual({
    ...{ part: 'document', result: 'wrong', why: 'pdf_altered' },
  });
});

it('a stamp from after the end of our key proves nothing', async () => {
  const { keys } = jwksOf(authorities.sealing.keys);
  const stampedAt = (await offline(asFile(bundle))).findings.find(({ part }) => part === 'time-stamp');
  if (stampedAt?.result !== 'proven') throw new Error('There is no time stamp.');
  const until = Math.floor(stampedAt.time!.getTime() / 1000);
  const ended = { ...trust, keys: keysOfJwks({ keys: keys.map((key) => ({ ...key, exp: until })) }) };
  expect((await offline(asFile(bundle), ended)).findings).toContainEqual({
    ...{ part: 'time-stamp', result: 'wrong', why: 'stamped_after_key' },
  });
});

describe('the program in one file', () => {
  const root = join(__dirname, '../..');
  let program: string;
  let folder: string;

  beforeAll(() => {
    program = execFileSync(process.execPath, [join(root, 'scripts/evidence-verifier.mjs')], {
      encoding: 'utf8',
    }).trim();
    ({ folder } = authorities);
    const files = {
      'jwks.json': JSON.stringify(jwksOf(authorities.sealing.keys)),
      'log-keys.txt': logVerifiers.map(({ verifierKey }) => `${verifierKey}\n`).join(''),
      'bundle.json': asFile(bundle),
      'evidence.json': bundle.record,
      'letter.pdf': letter,
      'changed.pdf': flip(letter, 3000),
      'picture.gif': 'GIF89a',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  });

  const run = (file: string) => {
    const { timeStamping, signerCa } = authorities.files;
    const options = [
      ...['--keys', 'jwks.json', '--log-keys', 'log-keys.txt', '--english'],
      ...['--time-stamp-roots', timeStamping.roots, '--signer-roots', signerCa.authority.certificate],
    ];
    const { status, stdout } = spawnSync(process.execPath, [program, file, ...options], {
      cwd: folder,
      encoding: 'utf8',
    });
    return [status, stdout.split('\n')[0]];
  };

  it.each([
    ['bundle.json', 0, 'Genuine'],
    ['letter.pdf', 0, 'Genuine'],
    ['changed.pdf', 1, 'Does not match'],
    ['evidence.json', 3, 'Not proven yet'],
    ['picture.gif', 1, 'This file is nothing that can be verified.'],
  ])('says of %s: %s', (file, status, line) => {
    expect(run(file)).toEqual([status, line]);
  });

  it('without our keys it says how it is called', () => {
    const { status, stderr } = spawnSync(process.execPath, [program, 'letter.pdf'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining('--keys')]);
  });
});
