import type { Journey } from '../../miniapp/src/api-contract';
import { ApiError, NoResponse } from '../../miniapp/src/api-error';
import { nextState } from '../../miniapp/src/journey-state';
import type { JourneyState, Task } from '../../miniapp/src/journey-state';

// What the page says is about the last thing that the person did, and about nothing before.

const faceCheck = { certifyId: 'check-1', url: 'https://face.example' };
const told: Journey = {
  ...{ id: 'journey-1', step: 'bank-card', revision: 3, allowed: [], consentsGiven: [] },
  notices: [{ code: 'bank_card_mismatch', message: '' }],
};
const submitTo = (path: '/api/journeys/{id}/bank-card-checks' | '/api/journeys/{id}/face-checks'): Task => ({
  type: 'submit',
  request: { method: 'POST', path, url: path, body: { revision: 3 }, key: 'key-1' },
});
const submitCard = submitTo('/api/journeys/{id}/bank-card-checks');
const noResponse = new NoResponse();

const at = (task: Task, view: Journey = told): JourneyState => ({ isReady: true, channel: {}, view, task });
const failed = (state: JourneyState, error: unknown = noResponse): JourneyState =>
  state.task ? nextState(state, { type: 'failed', task: state.task, error }) : state;

test('a problem takes the place of what the command before was told', () => {
  const after = failed(at(submitCard));
  expect(after.view).toEqual({ ...told, notices: [] });
  expect(after.problem).toEqual({ kind: 'no-response' });
});

test('a problem takes the place of the last visit', () => {
  const after = failed(at(submitCard, { ...told, step: 'closed' }));
  expect(after.view).toBeUndefined();
  expect(after.isReady).toBe(true);
});

test('a problem stands beside the news of the state that came with it', () => {
  const stale = new ApiError(409, 'stale', 'message', [], told);
  expect(failed(at(submitCard, { ...told, notices: [] }), stale).view).toBe(told);
});

test('a page that could not be read anew stays as it is', () => {
  expect(failed(at({ type: 'find' })).view).toBe(told);
});

test('a face check whose response was lost opens the vendor’s page when the repeated request is answered', () => {
  const submitFace = submitTo('/api/journeys/{id}/face-checks');
  const again = nextState(failed(at(submitFace)), { type: 'retried' });
  if (again.task?.type !== 'submit') throw new Error('Nothing is repeated.');
  const view: Journey = { ...told, step: 'face', faceCheck };
  const answered = nextState(again, { type: 'answered', task: again.task, view });
  expect(answered.task).toEqual({ type: 'open-face-check', check: faceCheck });
});
