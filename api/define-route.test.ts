import { statementsThatDoNotCompile } from '../test/setup/needs/compiler';

/** A route that responds with this, in JavaScript. */
const responds = (response: string) =>
  `defineRoute({ ...about, responses, handle: async () => (${response}) });`;
/** A route whose response has this field beside those that are right. */
const withField = (field: string) => responds(`{ status: 200 as const, body: { ...body, ${field} } }`);

it('a handler compiles only with a status, fields and codes that its responses declare', () => {
  const right = [
    responds('{ status: 200, body }'),
    responds("{ status: 200, body: { ...body, step: 'to-dos' } }"),
    responds('{ status: 204 }'),
    withField("notices: [{ code: 'stale', message: '' }]"),
  ];
  const wrong = [
    responds('{ status: 201, body }'),
    responds('{ status: 200 }'),
    responds('{ status: 204, body }'),
    responds("{ status: 200, body: { id: '1' } }"),
    responds('{ status: 200, body: { ...body, revision: "1" } }'),
    withField("idNumber: '1'"),
    withField("person: { ...person, openId: '1' }"),
    responds("{ status: 200, body: { ...body, step: 'no-such-step' } }"),
    responds("{ status: 200, body: { ...body, allowed: ['no-such-command'] } }"),
    withField("stuck: { ...stuck, cause: 'no-such-cause' }"),
    withField("notices: [{ code: 'no-such-code', message: '' }]"),
    "throw new ApiError('no_such_code');",
    "defineRoute({ ...about, errors: ['no_such_code'], responses, handle: async () => ({ status: 204 }) });",
  ];
  const surroundings = {
    file: 'api/statements.ts',
    before: [
      "import type { z } from 'zod';",
      "import { defineRoute } from './define-route';",
      "import { ApiError } from './errors';",
      "import { journeyView } from './journeys/view';",
      "const about = { method: 'get', path: '/', summary: '', audience: 'public' } as const;",
      "const responses = { 200: { description: '', schema: journeyView }, 204: { description: '' } } as const;",
      'declare const body: z.input<typeof journeyView>;',
      "declare const person: NonNullable<(typeof body)['person']>;",
      "declare const stuck: NonNullable<(typeof body)['stuck']>;",
    ],
  };
  expect(statementsThatDoNotCompile([...right, ...wrong], surroundings)).toEqual(wrong);
}, 120_000);
