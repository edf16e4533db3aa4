import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get as open } from 'node:http';
import type { IncomingMessage } from 'node:http';
import request from 'supertest';
import { keepDocument } from '../../db/matters/application-documents';
import { matterOf, personOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

let api: TestApi;
let held: HeldJourney;

beforeEach(async () => {
  api = await startApi();
  held = await holdJourney(api, () => new Date());
});
afterEach(() => api.end());

const PART = 1024 * 1024;
const REGISTRY = 'test-registry';
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** Two parts and a half, of which no two bytes stand in the same order. */
const charter = Buffer.alloc(2.5 * PART, '%PDF-1.7 0123456789abcdef');
const onPaper = 'b'.repeat(64);

const keep = (content = charter, registry = REGISTRY) =>
  keepDocument(api.store, { registry, sha256: hashOf(content), content }, new Date());

/** Pushes a matter that names the charter and one document more. @returns the to-do of its only person */
async function push(
  externalId = 'M-1',
  number = '110101190001010014',
  authority = '110105',
): Promise<string> {
  const path = `/api/registry/matters/${externalId}`;
  const matter = matterOf({
    authority,
    documents: [
      { name: '公司章程', sha256: hashOf(charter) },
      { name: '住所使用证明', sha256: onPaper },
    ],
    persons: [personOf({ document: { type: 'resident-id', number } })],
  });
  const call = request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter));
  return (await call.send(JSON.stringify(matter))).body.persons[0].toDoId as string;
}

const pathOf = (toDo: string, sha256 = hashOf(charter)) =>
  `/api/journeys/${held.id}/to-dos/${toDo}/documents/${sha256}`;

async function refusal(path: string): Promise<unknown[]> {
  const { status, body } = await held.get(path);
  return [status, body.error.code];
}

it('a document that was uploaded comes as it was, as a file that no browser opens at our address', async () => {
  await keep();
  const toDo = await push();
  await held.show({ step: 'to-dos' });
  const { status, headers, body } = await held.get(pathOf(toDo));
  expect([status, headers]).toMatchObject([
    200,
    {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'content-length': String(charter.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  ]);
  expect(hashOf(body as Buffer)).toBe(hashOf(charter));
});

it('the details say which can be opened, what they are and how large; the others are on paper', async () => {
  const toDo = await push();
  await held.show({ step: 'to-dos' });
  const documents = async () => (await held.get(`/api/journeys/${held.id}/to-dos/${toDo}`)).body.documents;
  const ofPaper = { name: '住所使用证明', sha256: onPaper };
  const named = { name: '公司章程', sha256: hashOf(charter) };
  expect(await documents()).toEqual([named, ofPaper]);
  await keep();
  const file = { mediaType: 'application/pdf', size: charter.length };
  expect(await documents()).toEqual([{ ...named, file }, ofPaper]);
});

it.each(['face', 'face-failed', 'bank-card', 'portrait', 'stuck'])(
  'at %s, before the person is verified, nothing is read',
  async (step) => {
    await keep();
    const toDo = await push();
    await held.show({ step });
    expect(await refusal(pathOf(toDo))).toEqual([409, 'not_allowed_now']);
  },
);

it('it is not there for anybody but the persons of its matter, and only as that matter names it', async () => {
  await keep();
  const another = Buffer.from('%PDF-1.7 of another matter');
  await keep(another);
  const toDo = await push();
  const ofSomebodyElse = await push('M-2', '110101190001010022');
  await held.show({ step: 'to-dos' });
  expect(await refusal(pathOf(ofSomebodyElse))).toEqual([404, 'not_found']);
  expect(await refusal(pathOf(toDo, hashOf(another)))).toEqual([404, 'not_found']);
  expect(await refusal(pathOf(toDo, onPaper))).toEqual([404, 'not_found']);
  expect(await refusal(pathOf('00000000-0000-4000-8000-000000000001'))).toEqual([404, 'not_found']);
  expect((await held.get(pathOf(toDo))).status).toBe(200);
});

it('what another registration system uploaded is not there', async () => {
  await keep(charter, 'another-registry');
  const toDo = await push();
  await held.show({ step: 'to-dos' });
  expect(await refusal(pathOf(toDo))).toEqual([404, 'not_found']);
});

it('a part that was changed or put elsewhere does not open: the response breaks off, and the log says so', async () => {
  await keep();
  const toDo = await push();
  await held.show({ step: 'to-dos' });
  const id = api.pseudonyms.applicationDocument(REGISTRY, hashOf(charter));
  const parts = await api.owner('application_document_parts').where({ document_id: id }).orderBy('part');
  await api.owner('application_document_parts').where({ document_id: id, part: 1 }).update({
    content: parts[0]?.content,
  });
  const { authorization } = held;
  const [response] = (await once(
    open(`${api.url}${pathOf(toDo)}`, { headers: { authorization } }),
    'response',
  )) as [IncomingMessage];
  let received = 0;
  const reading = async () => {
    for await (const chunk of response) received += (chunk as Buffer).length;
  };
  await expect(reading()).rejects.toThrow('aborted');
  expect(received).toBeLessThanOrEqual(PART);
  expect(api.log.filter((line) => line.includes('response_broken'))).toEqual([
    expect.stringContaining('sealed_value_unreadable'),
  ]);
});

it('to-dos name their authorities, which are read in one query', async () => {
  const path = '/api/registry/authorities/110105';
  const contact = {
    name: '试验市场监督管理局',
    address: '试验路1号',
    hours: '9:00—17:00',
    phone: '010-0000',
  };
  await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, contact))
    .send(JSON.stringify(contact));
  for (const externalId of ['M-1', 'M-2']) await push(externalId);
  const untold = await push('M-3', undefined, '110105001');
  await held.show({ step: 'to-dos' });
  const queries: string[] = [];
  api.store.knex.on('query', ({ sql }: { sql: string }) => queries.push(sql));
  const { toDos } = (await held.get(`/api/journeys/${held.id}/to-dos`)).body as {
    toDos: { toDoId: string; authorityName?: string }[];
  };
  expect(toDos.map(({ authorityName }) => authorityName)).toHaveLength(3);
  for (const { toDoId, authorityName } of toDos)
    expect([toDoId, authorityName]).toEqual([toDoId, toDoId === untold ? undefined : contact.name]);
  expect(queries.filter((sql) => sql.includes('authorities'))).toHaveLength(1);
  const [named] = toDos.filter(({ authorityName }) => authorityName);
  const details = await held.get(`/api/journeys/${held.id}/to-dos/${named?.toDoId ?? ''}`);
  expect(details.body.authorityName).toBe(contact.name);
});
