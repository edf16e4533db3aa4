import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { describeApi } from '../../api/docs';
import type { Route } from '../../api/define-route';
import { routesOf } from '../../api/routes';
import { openInput } from '../../db/store/sealed-inputs';
import type { ClerkRole } from '../../domain/clerks';
import { hasRight, clerkRoles } from '../../domain/clerks';
import { matterOf } from '../matters';
import { METRICS_TOKEN, startApi } from '../setup/api';
import type { TestApi } from '../setup/api';
import { consentTo } from '../setup/consents';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

interface RawAnswer {
  status: number;
  head: string;
  code?: string;
  detail?: string;
}

/** Sends exactly these bytes. @returns what comes back, up to the end of the first answer */
async function raw(...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
  let payload = Buffer.alloc(0);
  for await (const chunk of socket) {
    payload = Buffer.concat([payload, chunk as Buffer]);
    const end = payload.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(payload.toString('latin1'))?.[1] ?? NaN);
    if (end >= 0 && payload.length >= end + 4 + length) break;
  }
  const at = payload.indexOf('\r\n\r\n');
  const head = payload.subarray(0, at).toString();
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const { error } = JSON.parse(payload.subarray(at + 4, at + 4 + length).toString() || '{}');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]),
    head,
    code: error?.code,
    detail: error?.detail,
  };
}

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;
const headerLines = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
const HOST = 'Host: registration.example';

describe('a request target', () => {
  it.each([
    ['in absolute form', 'GET http://another.example/api/support HTTP/1.1'],
    ['of another scheme', 'GET ftp://registration.example/api/support HTTP/1.1'],
    ['that is no URL', 'GET http://[ HTTP/1.1'],
    ['in asterisk form', 'OPTIONS * HTTP/1.1'],
    ['with bytes beyond ASCII', 'GET /api/support?language=\xe9 HTTP/1.1'],
    ['with a fragment', 'GET /api/support#x HTTP/1.1'],
  ])('%s is refused', async (_, line) => {
    const { status, code } = await raw(lines(line, HOST));
    expect([status, code]).toEqual([400, 'bad_request']);
  });

  it('in authority form is rejected', async () => {
    expect(await raw(lines('CONNECT registration.example:443 HTTP/1.1', HOST))).toMatchObject({
      status: 400,
      code: 'bad_request',
    });
  });

  it.each(['http://another.example', 'https://another.example'])(
    'makes no signature for %s valid',
    async (origin) => {
      const path = '/api/registry/matters/M-1';
      const headers = headerLines(api.signed('GET', path, undefined, { origin }));
      const absolute = await raw(lines(`GET ${origin}${path} HTTP/1.1`, HOST, ...headers));
      expect([absolute.status, absolute.code]).toEqual([400, 'bad_request']);
      const { host } = new URL(origin);
      for (const [line, hostLine] of [
        [`GET //${host}${path} HTTP/1.1`, HOST],
        [`GET /\\${host}${path} HTTP/1.1`, HOST],
        [`GET ${path} HTTP/1.1`, `Host: ${host}`],
      ]) {
        const { status } = await raw(lines(line!, hostLine!, ...headers));
        expect([line, status < 200 || status >= 300, status < 500]).toEqual([line, true, true]);
      }
    },
  );
});

describe('a request that two servers could read differently', () => {
  const body = '{"channel":"alipay","authCode":"x"}';
  const post = 'POST /api/sessions HTTP/1.1';
  const json = 'Content-Type: application/json';
  it.each([
    ['two Host headers', lines('GET /api/support HTTP/1.1', HOST, 'Host: another.example')],
    ['no Host', lines('GET /api/support HTTP/1.1')],
    ['no Host in HTTP/1.0', lines('GET /api/support HTTP/1.0')],
    ['an empty Host', lines('GET /api/support HTTP/1.1', 'Host:')],
    [
      'two Authorization headers',
      lines('GET /api/journeys/current HTTP/1.1', HOST, 'Authorization: Bearer a', 'Authorization: Bearer b'),
    ],
    [
      'Content-Length beside Transfer-Encoding',
      lines(post, HOST, json, 'Content-Length: 5', 'Transfer-Encoding: chunked') + '0\r\n\r\n',
    ],
    [
      'two lengths',
      lines(post, HOST, json, `Content-Length: ${body.length}`, `Content-Length: ${body.length + 1}`) + body,
    ],
    [
      'another Transfer-Encoding than chunked',
      lines(post, HOST, json, 'Transfer-Encoding: gzip, chunked') + '0\r\n\r\n',
    ],
    ['a line that is no header', lines('GET /api/support HTTP/1.1', HOST, 'no header')],
    ['a header that goes on in the next line', lines('GET /api/support HTTP/1.1', HOST, 'X-A: a', ' b')],
    ['garbage', 'garbage\r\n\r\n'],
    ['another version of HTTP', lines('GET /api/support HTTP/3.7', HOST)],
    [
      'a body where none is asked for',
      lines('GET /api/support HTTP/1.1', HOST, json, 'Content-Length: 2') + '{}',
    ],
  ])('%s is refused', async (_, text) => {
    const { status, code, head } = await raw(text);
    expect([status, code]).toEqual([400, 'bad_request']);
    expect(head).toMatch(/content-type: application\/json/i);
  });

  it.each([
    ['too many bytes of headers', lines('GET /api/support HTTP/1.1', HOST, `X-A: ${'a'.repeat(40_000)}`)],
    ['a very long target', lines(`GET /api/support?${'a'.repeat(40_000)} HTTP/1.1`, HOST)],
  ])('%s is refused', async (_, text) => {
    expect(await raw(text)).toMatchObject({ status: 431, code: 'headers_too_large' });
  });

  it('with an unknown expectation is rejected', async () => {
    expect(await raw(lines('GET /api/support HTTP/1.1', HOST, 'Expect: the-unexpected'))).toMatchObject({
      status: 417,
      code: 'expectation_failed',
    });
  });

  it('is answered if garbage follows it, and the garbage is rejected', async () => {
    const answer = await raw(lines('GET /health/live HTTP/1.1', HOST), 'garbage\r\n\r\n');
    expect(answer.status).toBe(200);
  });
});

const routes = routesOf({} as never);
const name = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;
const withParameters = routes.filter(({ path }) => path.includes(':'));
const clerkHeaders = new Map<ClerkRole, Promise<Record<string, string>>>();

/** The headers of a caller with access to this route. */
async function authenticate(route: Route, path: string, body: unknown): Promise<Record<string, string>> {
  switch (route.audience) {
    case 'mini-app':
    case 'journey-holder':
      return { authorization: `Bearer ${await api.signIn('someone')}` };
    case 'clerk': {
      const role = clerkRoles.find((one) => hasRight(one, route.right))!;
      const headers = clerkHeaders.get(role) ?? api.addClerk(role).then((clerk) => ({ ...clerk.headers }));
      clerkHeaders.set(role, headers);
      return await headers;
    }
    case 'operator':
      return { authorization: `Bearer ${METRICS_TOKEN}` };
    case 'registration-system':
      return api.signed(route.method.toUpperCase(), path, body, { mediaType: route.mediaTypes?.[0] });
    case 'public':
    case 'visitor':
    case 'clerk-visitor':
      return {};
  }
}

describe.each(withParameters.map((route) => [name(route), route] as const))('%s', (_, route) => {
  it.each(['%E4%B8%AD', '%F0%A0%AE%B7', '%00', '%ED%A0%80'])('finds nothing by %s', async (odd) => {
    const path = route.path.replaceAll(/:\w+/g, odd);
    const body = route.method === 'get' ? undefined : { revision: 1 };
    const headers = { 'idempotency-key': 'command-1', ...(await authenticate(route, path, body)) };
    const call = request(api.server)[route.method](path).set(headers);
    const { status } = await (body
      ? call.send(JSON.stringify(body)).type(route.mediaTypes?.[0] ?? 'json')
      : call);
    expect(status).toBe(404);
  });
});

describe('a request by a registration system', () => {
  const path = '/api/registry/matters/M-bytes';

  async function put(body: Buffer, headers: Record<string, string> = {}, at = path): Promise<RawAnswer> {
    const signed = api.signed('PUT', at, body);
    return await raw(
      lines(
        ...[`PUT ${at} HTTP/1.1`, HOST, `Content-Length: ${body.length}`],
        ...headerLines({ ...signed, ...headers }),
      ),
      body,
    );
  }

  const matter = JSON.stringify(matterOf());

  it('is compared with its digest byte by byte', async () => {
    const [before, after] = matter.split('北京');
    // Decoded, both become U+FFFD.
    const [one, other] = [0xfe, 0xff].map((byte) =>
      Buffer.concat([Buffer.from(before!), Buffer.from([byte]), Buffer.from(after!)]),
    );
    const headers = api.signed('PUT', path, one);
    const answer = await raw(
      lines(`PUT ${path} HTTP/1.1`, HOST, `Content-Length: ${other!.length}`, ...headerLines(headers)),
      other!,
    );
    expect(answer).toMatchObject({ status: 401, code: 'request_not_verified', detail: 'digest_mismatch' });
    expect(await put(one!)).toMatchObject({ status: 400, code: 'bad_json' });
  });

  it('is not decompressed: the signature is about the bytes as they are', async () => {
    expect(await put(gzipSync(matter), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
      code: 'content_encoding_unsupported',
    });
  });

  it.each([
    ['a key twice', matter.replace('"version":1', '"version":1,"version":1')],
    ['a key twice, written differently', matter.replace('"version":1', '"version":1,"v\\u0065rsion":2')],
    ['a key twice further in', matter.replace('"reference":"P-1"', '"reference":"P-1","reference":"P-2"')],
  ])('with %s is refused', async (_, text) => {
    expect(text).not.toBe(matter);
    expect(await put(Buffer.from(text))).toMatchObject({ status: 400, code: 'json_key_repeated' });
  });

  it('may not be nested too deeply', async () => {
    const nested = Buffer.from('{"a":'.repeat(300_000) + '1' + '}'.repeat(300_000));
    expect(await put(nested)).toMatchObject({ status: 400, code: 'bad_json' });
  });

  it('is read only after its signature is verified', async () => {
    const body = Buffer.alloc(2 * 1024 * 1024, ' ');
    const headers = api.signed('PUT', path, body);
    const unknown = headers['signature-input']!.replace('test-registry-1', 'nobody');
    const begun = body.subarray(0, 1_000);
    const answer = await raw(
      lines(
        ...[`PUT ${path} HTTP/1.1`, HOST, `Content-Length: ${body.length}`],
        ...headerLines({ ...headers, 'signature-input': unknown }),
      ),
      begun,
    );
    expect(answer).toMatchObject({ status: 401, detail: 'signature_key_unknown' });
    // The JSON is parsed only after that.
    expect(await put(Buffer.from('{'), { signature: 'sig1=:AAAA:' })).toMatchObject({ status: 401 });
  });

  it.each(['.', '..', '...', '-', '_.', '%2e%2e'])('may not have an id such as %s', async (id) => {
    const at = `/api/registry/matters/${id}`;
    expect(await put(Buffer.from(matter), {}, at)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([' ', '\n', '\u3000', '\u2800', '\u3164', '\uffa0', '\u{e0041}', '\ufe0f'])(
    'holds no text such as %j',
    async (text) => {
      const content = matterOf({ entity: { name: text } });
      expect(await put(Buffer.from(JSON.stringify(content)))).toMatchObject({ status: 422, code: 'invalid' });
    },
  );
});

describe('the record of clerks’ actions', () => {
  it('names a matter in full, and can be searched by that name', async () => {
    const { headers } = await api.addClerk('clerk');
    const [registry, externalId] = ['r'.repeat(64), 'M'.repeat(63) + '1'];
    await request(api.server).get(`/api/clerk/matters/${registry}/${externalId}`).set(headers);
    const subject = `${registry} ${externalId}`;
    const auditor = await api.addClerk('auditor');
    const { body } = await request(api.server)
      .get('/api/clerk/actions')
      .query({ subject })
      .set(auditor.headers);
    expect(body.actions).toMatchObject([{ action: 'show-matter', subject: { kind: 'matter', id: subject } }]);
  });
});

const rules = consentTo('personal-information');
const notice = consentTo('bank-card-notice');

describe('consents of an entry', () => {
  it.each([
    ['to what nobody asks for', [rules, { ...rules, kind: 'everything' }], 'not_a_choice'],
    ['to what is not asked for here', [rules, consentTo('face-check')], 'not_a_choice'],
    ['given twice', [rules, rules], 'consent_repeated'],
    ['given to two versions', [rules, { ...rules, version: '2020-1' }], 'consent_repeated'],
  ])('%s are refused, not dropped', async (_, consents, code) => {
    const entry = { name: '试验甲', documentType: 'resident-id', documentNumber: '110101190001010014' };
    const { status, body } = await request(api.server)
      .post('/api/journeys')
      .set({ authorization: `Bearer ${await api.signIn('agreeing')}`, 'idempotency-key': 'command-1' })
      .send({ ...entry, consents });
    expect([status, body.error.issues?.[0]?.code]).toEqual([422, code]);
  });
});

test('all consents of an entry are kept, also those that only other documents need', async () => {
  const entry = {
    ...{ name: '侨胞样例', documentType: 'overseas-chinese-passport', documentNumber: 'E12345678' },
    ...{ validUntil: '2035-12-31', consents: [rules, notice] },
  };
  await request(api.server)
    .post('/api/journeys')
    .set({ authorization: `Bearer ${await api.signIn('agreeing')}`, 'idempotency-key': 'command-2' })
    .send(entry);
  const { updateId = '' } = api.commands.at(-1) ?? {};
  const sealed = await openInput(api.store, api.store.knex, { id: updateId, kind: 'entry' }, new Date());
  expect(sealed?.consents.map(({ kind }) => kind)).toEqual([rules.kind, notice.kind]);
});

describe('the description of the api', () => {
  interface Operation {
    parameters?: { name: string; in: string; required?: boolean; schema: { pattern?: string } }[];
    requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
    responses: Record<string, { content?: Record<string, { schema: object }> }>;
  }
  const { paths } = describeApi(routes) as { paths: Record<string, Record<string, Operation>> };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it('says which requests need a body', () => {
    const entry = paths['/api/journeys']?.post;
    expect(entry?.requestBody?.required).toBe(true);
  });

  it("says which form an Idempotency-Key and a session's token have", () => {
    const keys = operations.flatMap(({ operation: { parameters = [] } }) =>
      parameters.filter((one) => one.name.toLowerCase() === 'idempotency-key'),
    );
    expect(keys.length).toBeGreaterThan(10);
    for (const { schema, required } of keys) {
      expect([schema.pattern, required]).toEqual(['^[\\x21-\\x7e]{1,200}$', true]);
    }
  });

  it('lists every error by its status and codes, and has no "default"', () => {
    for (const { path, method, operation } of operations) {
      const { responses } = operation;
      expect([method, path, Object.keys(responses)]).toEqual([
        method,
        path,
        expect.arrayContaining(['400', '429', '500', '503']),
      ]);
      expect([method, path, responses.default]).toEqual([method, path, undefined]);
    }
    const codes = JSON.stringify(paths['/api/journeys/{id}/face-checks']?.post?.responses['409']);
    for (const code of ['busy', 'stale', 'not_allowed_now', 'consent_outdated', 'journey']) {
      expect(codes).toContain(`"${code}"`);
    }
  });

  it('says how short and how long a value may be', () => {
    const schema = JSON.stringify(
      paths['/api/journeys/{id}/to-dos/{toDoId}/signature']?.post?.requestBody?.content['application/json'],
    );
    for (const limit of ['"minItems":1', '"maxItems":200', '"maxItems":5000'])
      expect(schema).toContain(limit);
  });

  it('says how many numbers a point of a signature has', () => {
    const { schema } = paths['/api/journeys/{id}/to-dos/{toDoId}/signature']!.post!.requestBody!.content[
      'application/json'
    ] as { schema: { properties: { strokes: { items: { items: { anyOf: object[] } } } } } };
    expect(schema.properties.strokes.items.items.anyOf).toEqual([
      expect.objectContaining({ minItems: 3, maxItems: 3, items: false }),
      expect.objectContaining({ minItems: 4, maxItems: 4, items: false }),
    ]);
  });
});
