import { startApi } from '../test/setup/api';
import type { TestApi } from '../test/setup/api';
import { decideAsOperator, readOperatorDecision } from './operator-decision';

const journey = `journey-${'0'.repeat(32)}`;
const decision = { journey, decision: 'close', reason: 'person-asks', operator: 'li-on-call' } as const;

describe('what is read', () => {
  it('is one decision of one clerk, and who takes it', () => {
    expect(readOperatorDecision(JSON.stringify(decision))).toEqual(decision);
  });

  it.each([
    ['no JSON', 'secret', 'the text as a whole'],
    [
      'a decision that needs two',
      JSON.stringify({ ...decision, decision: 'accept', reason: 'online-check-failed' }),
      'decision',
    ],
    ['nobody who takes it', JSON.stringify({ ...decision, operator: undefined }), 'operator'],
    ['attempts that nobody asked for', JSON.stringify({ ...decision, attempts: 2 }), 'the text as a whole'],
    ['another journey’s form', JSON.stringify({ ...decision, journey: 'secret' }), 'journey'],
  ])('and %s is refused, without what stood there', (_, json, field) => {
    const read = () => readOperatorDecision(json);
    expect(read).toThrow(`Wrong or missing: ${field}.`);
    expect(read).not.toThrow('secret');
  });
});

describe('a decision', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.end());

  it.each([
    ['that was carried out', [], 'done'],
    ['that was received and not carried out', ['grant_limit_reached'], 'grant_limit_reached'],
  ])('%s is on record with the operator, and says so', async (_, codes, result) => {
    const view = { journey, step: 'stuck' as const, allowed: [], revision: 1, codes };
    const dependencies = {
      store: api.store,
      pseudonyms: api.pseudonyms,
      journeys: {
        enter: () => Promise.reject(new Error('nobody enters')),
        send: async () => ({ outcome: 'done' as const, view }),
      },
      now: () => new Date(),
    };
    expect(await decideAsOperator(dependencies, decision)).toBe(result);
    const [recorded] = await api.store.knex('clerk_actions').orderBy('id', 'desc').limit(1);
    expect(recorded).toMatchObject({ operator: 'li-on-call', action: 'decide', subject_id: journey, result });
  });
});
