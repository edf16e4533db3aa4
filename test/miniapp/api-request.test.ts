import { apiRequest, commandRequest } from '../../miniapp/src/api-request';
import { statementsThatDoNotCompile } from '../setup/needs/compiler';

test('a wrong path, value, query, body, field or code does not compile', () => {
  const right = [
    `apiRequest('GET', '/api/journeys/current');`,
    `apiRequest('GET', '/api/support', { query: { language: 'en' } });`,
    `apiRequest('POST', '/api/sessions', { body: { channel: 'alipay', authCode: '' } });`,
    `const step: ResponseOf<'GET', '/api/journeys/{id}'>['step'] = 'to-dos';`,
    `const code: ErrorCode = 'not_found';`,
    `const right: ResponseOf<'GET', '/api/journeys/{id}'>['revision'] = 1;`,
  ];
  const wrong = [
    `apiRequest('GET', '/api/journey/current');`,
    `apiRequest('POST', '/api/journeys/current');`,
    `apiRequest('GET', '/api/journeys/{id}', { path: {} });`,
    `apiRequest('GET', '/api/support', { query: { language: 'fr' } });`,
    `apiRequest('GET', '/api/journeys/current', { query: { tab: 'open' } });`,
    `apiRequest('POST', '/api/sessions');`,
    `apiRequest('POST', '/api/sessions', { body: { channel: 'alipay', code: '' } });`,
    `const wrong: ResponseOf<'GET', '/api/journeys/{id}'>['version'] = 1;`,
    `const step: ResponseOf<'GET', '/api/journeys/{id}'>['step'] = 'no-such-step';`,
    `const code: ErrorCode = 'no_such_code';`,
  ];
  const surroundings = {
    file: 'miniapp/src/statements.ts',
    before: [
      `import { apiRequest } from './api-request';`,
      `import type { ErrorCode, ResponseOf } from './api-contract';`,
    ],
    project: 'miniapp',
  };
  expect(statementsThatDoNotCompile([...right, ...wrong], surroundings)).toEqual(wrong);
});

test('values are filled into the path, and the query follows', () => {
  const path = { id: 'a/b' };
  const { url, body } = apiRequest('GET', '/api/journeys/{id}/to-dos', { path, query: { tab: 'past' } });
  expect([url, body]).toEqual(['/api/journeys/a%2Fb/to-dos?tab=past', undefined]);
});

test('a command names the journey and the revision that the person saw, and has a key of its own', () => {
  const journey = {
    id: 'journey-1',
    step: 'to-dos' as const,
    allowed: [],
    revision: 7,
    notices: [],
    consentsGiven: [],
  };
  const make = () => commandRequest(journey, '/api/journeys/{id}/close');
  expect(make()).toMatchObject({ url: '/api/journeys/journey-1/close', body: { revision: 7 } });
  expect(make().key).not.toBe(make().key);
});
