import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { request as open } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import request from 'supertest';
import { LARGEST_DOCUMENT_FILE } from '../../domain/document-files';
import { readRegistries } from '../../registry/registries';
import { signedHeaders } from '../../sandbox/registry/signing';
import { createLeakDetector } from '../../test/leak-detector';
import { matterOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

const PDF = 'application/pdf';
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const pathOf = (sha256: string) => `/api/registry/documents/${sha256}`;
/** A file that begins as a PDF does. */
const pdf = (text: string, size = 100) => {
  const content = Buffer.alloc(size);
  content.write(`%PDF-1.7\n${text}`);
  return content;
};

interface Upload {
  sha256?: string;
  mediaType?: string;
  signedType?: string;
}

function upload(
  content: Buffer,
  { sha256 = hashOf(content), mediaType = PDF, signedType = mediaType }: Upload = {},
) {
  const path = pathOf(sha256);
  const signed = api.signed('PUT', path, content, { mediaType: signedType });
  return request(api.server)
    .put(path)
    .set({ ...signed, 'content-type': mediaType })
    .send(content);
}

const kept = async () => (await api.store.knex('application_documents').select('id')).length;

/** What a refused upload answers; nothing of it is kept. */
async function refusal(uploading: Promise<request.Response>): Promise<unknown[]> {
  const before = await kept();
  const { status, body } = await uploading;
  expect(await kept()).toBe(before);
  return [status, body.error.detail ?? body.error.code];
}

describe('an upload', () => {
  it('is taken once, sealed, and shown as uploaded where a matter names it', async () => {
    const content = pdf('what stands in the articles');
    const sha256 = hashOf(content);
    const pushed = '/api/registry/matters/M-1';
    const matter = matterOf({
      documents: [
        { name: '章程', sha256 },
        { name: '住所证明', sha256: 'b'.repeat(64) },
      ],
    });
    const push = async () => {
      const call = request(api.server)
        .put(pushed)
        .set(api.signed('PUT', pushed, matter));
      return (await call.send(JSON.stringify(matter))).body.documents as unknown;
    };
    const onPaper = { sha256: 'b'.repeat(64), isUploaded: false };
    expect(await push()).toEqual([{ sha256, isUploaded: false }, onPaper]);
    const first = await upload(content);
    expect([first.status, first.body]).toEqual([201, { sha256, size: 100 }]);
    const again = await upload(content);
    expect([again.status, again.body]).toEqual([200, { sha256, size: 100 }]);
    expect(await push()).toEqual([{ sha256, isUploaded: true }, onPaper]);
    const rows = await api.store.knex('application_document_parts').select('content');
    const detector = createLeakDetector(['what stands in the articles']);
    expect(rows.flatMap((row) => detector.search('part', row.content))).toEqual([]);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['image/png', Buffer.from('89504e470d0a1a0a00', 'hex')],
    ['image/jpeg', Buffer.from('ffd8ffe000', 'hex')],
  ])('is an %s by its bytes, whatever its header says', async (type, content) => {
    expect((await upload(content)).status).toBe(201);
    const id = api.pseudonyms.applicationDocument('test-registry', hashOf(content));
    expect(await api.store.knex('application_documents').where({ id }).first('media_type')).toEqual({
      media_type: type,
    });
  });

  it('is refused with another hash than its own', async () => {
    const sha256 = hashOf(pdf('another'));
    expect(await refusal(upload(pdf('one'), { sha256 }))).toEqual([422, 'document_not_as_named']);
  });

  it.each([
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a PDF after other bytes', Buffer.from('\n%PDF-1.7')],
  ])('is refused where it is %s that calls itself a PDF', async (_, content) => {
    expect(await refusal(upload(content))).toEqual([422, 'document_unsupported']);
  });

  it.each(['application/json', 'image/svg+xml', 'text/html', 'application/octet-stream'])(
    'is refused as %s',
    async (mediaType) => {
      expect(await refusal(upload(pdf('x'), { mediaType }))).toEqual([415, 'content_type_unsupported']);
    },
  );

  it('is refused where there is nothing in it', async () => {
    const sha256 = hashOf(Buffer.alloc(0));
    const path = pathOf(sha256);
    const without = request(api.server)
      .put(path)
      .set({ ...api.signed('PUT', path), 'content-type': PDF, 'content-length': '0' });
    expect(await refusal(without)).toEqual([422, 'invalid']);
    const sending = chunked(path, api.signed('PUT', path, Buffer.alloc(0), { mediaType: PDF }));
    sending.end();
    expect(await answerOf(sending)).toEqual([422, 'document_unsupported']);
  });

  it.each(['A'.repeat(64), 'a'.repeat(63), '..%2F..%2Fmatters'])(
    'of the hash %s is not there',
    async (sha256) => {
      expect(await refusal(upload(pdf('x'), { sha256 }))).toEqual([404, 'not_found']);
    },
  );

  it('may have 20 MB and no byte more, however it is sent', async () => {
    const content = pdf('large', LARGEST_DOCUMENT_FILE);
    expect((await upload(content)).status).toBe(201);
    const id = api.pseudonyms.applicationDocument('test-registry', hashOf(content));
    const parts = await api.store.knex('application_document_parts').where({ document_id: id });
    expect(parts).toHaveLength(20);
    const larger = pdf('larger', LARGEST_DOCUMENT_FILE + 1);
    expect(await refusal(upload(larger))).toEqual([413, 'body_too_large']);
    const path = pathOf(hashOf(larger));
    const sending = chunked(path, api.signed('PUT', path, larger, { mediaType: PDF }));
    sending.end(larger);
    expect(await answerOf(sending)).toEqual([413, 'body_too_large']);
  }, 60_000);

  it('of one file twice at the same time is kept once', async () => {
    const content = pdf('twice', 3 * 1024 * 1024);
    const both = await Promise.all([upload(content), upload(content)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
  });
});

/** Begins to send a body whose length nobody knows. */
function chunked(path: string, headers: Record<string, string>): ClientRequest {
  const { port } = new URL(api.url);
  const sending = open({
    host: '127.0.0.1',
    port,
    method: 'PUT',
    path,
    headers: { ...headers, 'transfer-encoding': 'chunked' },
  });
  sending.on('error', () => undefined);
  return sending;
}

async function answerOf(sending: ClientRequest): Promise<unknown[]> {
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  sending.destroy();
  const { error } = JSON.parse(Buffer.concat(chunks).toString()) as {
    error: { code: string; detail?: string };
  };
  return [response.statusCode, error.detail ?? error.code];
}

describe('a signature', () => {
  const content = pdf('signed');
  const path = pathOf(hashOf(content));

  it('covers the media type and the bytes', async () => {
    expect(await refusal(upload(content, { signedType: 'image/png' }))).toEqual([401, 'signature_invalid']);
    const changed = request(api.server)
      .put(path)
      .set(api.signed('PUT', path, content, { mediaType: PDF }))
      .send(pdf('changed'));
    expect(await refusal(changed)).toEqual([401, 'digest_mismatch']);
    const signed = api.signed('PUT', path, content, { mediaType: PDF });
    const input = signed['signature-input']?.replace(' "content-type"', '') ?? '';
    const uncovered = request(api.server)
      .put(path)
      .set({ ...signed, 'signature-input': input });
    expect(await refusal(uncovered.send(content))).toEqual([401, 'signature_components']);
  });

  it.each<[string, (signed: Record<string, string>) => Record<string, string>, string]>([
    ['without one', () => ({ 'content-type': PDF }), 'signature_missing'],
    [
      'with one of another path',
      () => api.signed('PUT', pathOf('c'.repeat(64)), content, { mediaType: PDF }),
      'signature_invalid',
    ],
  ])('is verified before anything of the body is read: %s', async (_, headersOf, detail) => {
    const sending = chunked(path, {
      ...headersOf(api.signed('PUT', path, content, { mediaType: PDF })),
      expect: '100-continue',
    });
    let isContinued = false;
    sending.on('continue', () => (isContinued = true));
    sending.flushHeaders();
    // It never sends a byte of it.
    expect(await answerOf(sending)).toEqual([401, detail]);
    expect(isContinued).toBe(false);
  });
});

it('the same file of two registration systems is two documents', async () => {
  const keys = ['one', 'other'].map((id) => ({
    id,
    ...generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }),
  }));
  const registries = keys.map(({ id, publicKey }) => ({
    ...{ id, name: '测试系统', callbackUrl: 'http://127.0.0.1:9/', authorities: ['11'], kinds: ['filing'] },
    keys: [{ id, algorithm: 'ed25519', publicKey }],
  }));
  const shared = await startApi({
    registries: readRegistries(JSON.stringify({ registries }), 'development'),
  });
  const content = pdf('the same');
  const path = pathOf(hashOf(content));
  const statuses = [];
  for (const { id, privateKey } of [...keys, ...keys]) {
    const message = {
      method: 'PUT',
      url: `http://registration.example${path}`,
      body: content,
      mediaType: PDF,
    };
    const headers = signedHeaders(message, { keyId: id, privateKey });
    statuses.push((await request(shared.server).put(path).set(headers).send(content)).status);
  }
  const rows = await shared.store.knex('application_documents').orderBy('registry').select('registry', 'id');
  await shared.end();
  expect(statuses).toEqual([201, 201, 200, 200]);
  expect(rows.map(({ registry }) => registry)).toEqual(['one', 'other']);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
});
