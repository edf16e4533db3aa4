import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingChanges } from './compatibility';
import type { Description } from './compatibility';
import { describeApi } from './docs';
import { routesOf } from './routes';

const text = { type: 'string' };
const object = (properties: object, required: string[] = []) => ({
  ...{ type: 'object', properties, required, additionalProperties: false },
});
const json = (schema: object) => ({ 'application/json': { schema } });

const person = object(
  { name: { type: 'string', maxLength: 100 }, role: { enum: ['a', 'b'], type: 'string' } },
  ['name'],
);
const put = {
  security: [{ messageSignature: [] }],
  parameters: [
    { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^a' } },
    { name: 'after', in: 'query', schema: { type: 'integer', minimum: 1 } },
  ],
  requestBody: {
    required: true,
    content: json(
      object({ persons: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Person' } } }, [
        'persons',
      ]),
    ),
  },
  responses: {
    200: {
      content: json(
        object({ state: { enum: ['open', 'over'] }, at: { type: ['string', 'null'] }, more: text }, [
          ...['state', 'at'],
        ]),
      ),
    },
    422: { content: json(object({ code: { enum: ['invalid'], 'x-extensible-enum': true } }, ['code'])) },
  },
};
const callback = {
  requestBody: {
    required: true,
    content: json(object({ event: { const: 'x' }, kind: { enum: ['a'] } }, ['event'])),
  },
  responses: { 200: { content: json(object({ acknowledged: text }, ['acknowledged'])) } },
};
const earlier = {
  info: { version: '1.0.0' },
  paths: { '/matters/{id}': { put, get: { responses: { 200: {} } } } },
  webhooks: { over: { post: callback } },
  components: { schemas: { Person: person } },
};

/** The description with one place of it replaced, by its path. */
function changed(path: string, value: unknown): Description {
  const copy = structuredClone(earlier) as object;
  const keys = path.split(' ');
  const last = keys.pop()!;
  const place = keys.reduce((at, key) => (at as Record<string, object>)[key]!, copy) as Record<
    string,
    unknown
  >;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return copy as Description;
}
const changesOf = (path: string, value: unknown) =>
  breakingChanges(earlier as object as Description, changed(path, value));

const operation = 'paths /matters/{id} put';
const body = `${operation} requestBody content application/json schema`;
const answer = `${operation} responses 200 content application/json schema`;
const sent = 'webhooks over post requestBody content application/json schema';
const PUT = 'PUT /matters/{id}';

it.each<[string, string, unknown, string]>([
  ['a path is removed', 'paths', {}, `${PUT}: removed`],
  ['a method is removed', 'paths /matters/{id} put', undefined, `${PUT}: removed`],
  ['another signature is asked for', `${operation} security`, [], `${PUT}: another security scheme`],
  [
    'a parameter is removed',
    `${operation} parameters 1`,
    put.parameters[0],
    `${PUT} parameter after: removed`,
  ],
  [
    'a parameter is required',
    `${operation} parameters 1 required`,
    true,
    `${PUT} parameter after: required now`,
  ],
  [
    'a new parameter is required',
    `${operation} parameters 2`,
    { name: 'since', in: 'query', required: true, schema: text },
    `${PUT} parameter since: required now`,
  ],
  [
    'a parameter has another form',
    `${operation} parameters 0 schema pattern`,
    '^b',
    `${PUT} parameter id: pattern was "^a", is "^b"`,
  ],
  [
    'a field of the request is required',
    'components schemas Person required',
    ['name', 'role'],
    `${PUT} request.persons[].role: required now`,
  ],
  [
    'a new field of the request is required',
    'components schemas Person',
    object({ ...person.properties, number: text }, ['name', 'number']),
    `${PUT} request.persons[].number: required now`,
  ],
  [
    'a field of the request is removed',
    'components schemas Person properties role',
    undefined,
    `${PUT} request.persons[].role: removed`,
  ],
  [
    'a value of the request is removed',
    'components schemas Person properties role enum',
    ['a'],
    `${PUT} request.persons[].role: value "b" removed`,
  ],
  [
    'a free text of the request gets values',
    'components schemas Person properties name enum',
    ['a'],
    `${PUT} request.persons[].name: values was any, is ["a"]`,
  ],
  [
    'a type of the request changes',
    'components schemas Person properties name type',
    'integer',
    `${PUT} request.persons[].name: type was "string", is "integer"`,
  ],
  [
    'a text of the request must be shorter',
    'components schemas Person properties name maxLength',
    50,
    `${PUT} request.persons[].name: maxLength was 100, is 50`,
  ],
  [
    'a list of the request must be longer',
    `${body} properties persons minItems`,
    2,
    `${PUT} request.persons: minItems was 1, is 2`,
  ],
  [
    'a list of the request gets an end',
    `${body} properties persons maxItems`,
    2,
    `${PUT} request.persons: maxItems was any, is 2`,
  ],
  [
    'a media type is no longer accepted',
    `${operation} requestBody content`,
    { 'text/plain': { schema: text } },
    `${PUT} request: application/json removed`,
  ],
  [
    'a body is wanted',
    'paths /matters/{id} get requestBody',
    put.requestBody,
    'GET /matters/{id} request: a body is required now',
  ],
  ['a response may be another', `${operation} responses 202`, {}, `${PUT} response 202: added`],
  [
    'a field of a response is removed',
    answer,
    object({ state: { enum: ['open', 'over'] }, more: text }, ['state']),
    `${PUT} response 200.at: no longer always there`,
  ],
  [
    'a field of a response that was not always there is removed',
    `${answer} properties more`,
    undefined,
    `${PUT} response 200.more: removed`,
  ],
  [
    'a value of a response is added',
    `${answer} properties state enum`,
    ['open', 'over', 'frozen'],
    `${PUT} response 200.state: value "frozen" added`,
  ],
  [
    'a field of a response may be missing',
    `${answer} required`,
    ['at'],
    `${PUT} response 200.state: no longer always there`,
  ],
  [
    'a field of a response may be null',
    `${answer} properties more type`,
    ['string', 'null'],
    `${PUT} response 200.more: type was "string", is ["string","null"]`,
  ],
  [
    'a response has no body any more',
    `${operation} responses 200`,
    {},
    `${PUT} response 200: application/json removed`,
  ],
  ['a callback is removed', 'webhooks', {}, 'callback POST over: removed'],
  [
    'a value of a callback is added',
    `${sent} properties kind enum`,
    ['a', 'b'],
    'callback POST over request.kind: value "b" added',
  ],
  [
    'a receiver must answer more',
    'webhooks over post responses 200 content application/json schema required',
    ['acknowledged', 'at'],
    'callback POST over response 200.at: required now',
  ],
  [
    'a receiver must answer otherwise',
    'webhooks over post responses',
    { 204: {} },
    'callback POST over response 200: removed',
  ],
])('it breaks clients when %s', (_, path, value, change) => {
  // What is called by its place in Node's path of a removed path is there twice: once for each method.
  expect(
    changesOf(path, value).filter((found) => !found.startsWith('GET') || change.startsWith('GET')),
  ).toEqual([change]);
});

it.each<[string, string, unknown]>([
  ['nothing changes', 'info version', '1.0.1'],
  ['a path is added', 'paths /events', { get: { responses: {} } }],
  ['a method is added', 'paths /matters/{id} post', put],
  ['an optional parameter is added', `${operation} parameters 2`, { name: 'x', in: 'query', schema: text }],
  ['an optional field is added to the request', 'components schemas Person properties phone', text],
  ['a field of the request need not be sent', 'components schemas Person required', []],
  ['a text of the request may be longer', 'components schemas Person properties name maxLength', 200],
  ['a value is added to the request', 'components schemas Person properties role enum', ['a', 'b', 'c']],
  ['a parameter may have more values', `${operation} parameters 1 schema`, { type: 'number', minimum: 0 }],
  ['a field is added to a response', `${answer} properties next`, text],
  ['a field of a response is always there', `${answer} required`, ['state', 'at', 'more']],
  ['a field of a response is never null', `${answer} properties at type`, 'string'],
  ['a value of a response is gone', `${answer} properties state enum`, ['open']],
  ['an error is added', `${operation} responses 409`, { content: json(text) }],
  [
    'an enumeration that may grow grows',
    `${operation} responses 422 content application/json schema properties code enum`,
    ['invalid', 'version_conflict'],
  ],
  ['a callback is added', 'webhooks expired', { post: callback }],
  ['a field is added to a callback', `${sent} properties evidence`, text],
  [
    'a response is one of several that were declared',
    `${answer} properties more`,
    { anyOf: [text, { type: 'string', maxLength: 1 }] },
  ],
  ['an operation is deprecated', `${operation} deprecated`, true],
])('it breaks no client when %s', (_, path, value) => {
  expect(changesOf(path, value)).toEqual([]);
});

it('the description of a registration system’s part breaks no client of the last release', () => {
  const file = join(__dirname, '../docs/openapi/registry.v1.json');
  const released = JSON.parse(readFileSync(file, 'utf8')) as Description;
  const routes = routesOf({} as never).filter(({ audience }) => audience === 'registration-system');
  const now = describeApi(routes) as Description;
  expect(Object.keys(released.paths).length).toBeGreaterThan(3);
  expect(Object.keys(released.webhooks ?? {}).length).toBeGreaterThan(5);
  expect(breakingChanges(released, JSON.parse(JSON.stringify(now)) as Description)).toEqual([]);
  // The comparison sees what stands there.
  expect(breakingChanges(now, { ...now, paths: {}, webhooks: {} }).length).toBeGreaterThan(10);
});
