import type { Journey } from '../../miniapp/src/api-contract';
import { ApiError, NoResponse } from '../../miniapp/src/api-error';
import { initialState, nextState } from '../../miniapp/src/journey-state';
import type { JourneyEvent, JourneyState, Task } from '../../miniapp/src/journey-state';

// Every event in every state. A state is named by the task under way; an event that a row does not name must change nothing.

const faceCheck = { certifyId: 'check-1', url: 'https://face.example' };
const journey: Journey = {
  ...{ id: 'journey-1', step: 'face', revision: 3, allowed: ['start-face', 'report-face'] },
  ...{ notices: [], consentsGiven: [] },
  faceCheck,
};
const next: Journey = { ...journey, step: 'bank-card', revision: 4, faceCheck: undefined };
const signing: Journey = { ...journey, step: 'signing', faceCheck: undefined };
const closed: Journey = { ...next, step: 'closed', allowed: [], revision: 5 };
const endsSession: Journey = { ...next, notices: [{ code: 'sign_in_again', message: '' }] };
const channel = { authorizeUrl: 'https://alipay.example/authorize' };
const identity = { handle: 'handle-1', name: '张*', number: '1***4' };

const request = {
  ...({ method: 'POST', path: '/api/journeys/{id}/declination', key: 'key-1' } as const),
  ...{ url: '/api/journeys/journey-1/declination', body: { revision: 3 } },
};
const faceRequest = {
  ...({ method: 'POST', path: '/api/journeys/{id}/face-checks', key: 'key-3' } as const),
  ...{ url: '/api/journeys/journey-1/face-checks', body: { revision: 3 } },
};
const open = { type: 'open' } as const;
const signIn = { type: 'sign-in', withIdentity: false } as const;
const signInForIdentity = { type: 'sign-in', withIdentity: true } as const;
const readIdentity = { type: 'read-identity' } as const;
const find = { type: 'find' } as const;
const findAtStart = { type: 'find', then: { type: 'report-if-opened' } } as const;
const findToReport = { type: 'find', then: { type: 'report' } } as const;
const signOut = { type: 'sign-out' } as const;
const report = { type: 'report-face-check', journey } as const;
const submit = { type: 'submit', request } as const;
const submitFace = { type: 'submit', request: faceRequest } as const;
const openFace = { type: 'open-face-check', check: faceCheck } as const;

const rejected = (status: number, code: ApiError['code'], view?: Journey) =>
  new ApiError(status, code, 'message', [], view);
const stale = rejected(409, 'stale', next);
const busy = rejected(409, 'busy', next);
const notAllowed = rejected(409, 'not_allowed_now', next);
const sessionOver = rejected(401, 'not_signed_in');
const notFound = rejected(404, 'not_found');
const codeUsed = rejected(400, 'auth_code_invalid');
const identityOver = rejected(422, 'authorized_identity_over');
const noResponse = new NoResponse();
const findToExplain = { type: 'find', then: { type: 'explain', error: notFound } } as const;

const ready: JourneyState = { isReady: true, channel, view: journey, identity };
const doing = (task: Task): JourneyState => ({ ...ready, task });
const offering: JourneyState = { ...ready, view: signing, handover: 'offered' };
const takenOver: JourneyState = { isReady: true, channel, handover: 'taken' };
const failed: JourneyState = { ...ready, problem: { kind: 'no-response' }, retry: submit };

const states = {
  opening: { isReady: false, channel, task: open },
  'signing in at the start': { isReady: false, channel, task: signIn },
  'signing in again': { isReady: true, channel, task: signIn, problem: { kind: 'session-over' } },
  'signing in for the identity': doing(signInForIdentity),
  'reading the identity': doing(readIdentity),
  'finding the journey at the start': { isReady: false, channel, task: findAtStart },
  'finding the journey': doing(find),
  'finding the journey to report the face check': doing(findToReport),
  'finding out why the journey is unknown': doing(findToExplain),
  'reporting the face check': doing(report),
  submitting: doing(submit),
  'submitting a face check': doing(submitFace),
  'at the vendor’s page': doing(openFace),
  ready,
  'ready without a journey': { isReady: true, channel },
  'ready after no response': failed,
  'ready after a rejection': { ...ready, problem: { kind: 'rejected', error: stale } },
  'showing a code for a phone': offering,
  'submitting while a code is shown': { ...offering, task: submit },
  'signing out, since a phone has the journey': { ...takenOver, task: signOut },
  'a phone has the journey': takenOver,
} satisfies Record<string, JourneyState>;

type StateName = keyof typeof states;

/** Each event, for the task that it belongs to. */
const events = {
  opened: { type: 'opened', task: open, channel, hasSession: false },
  'opened with a session': { type: 'opened', task: open, channel, hasSession: true },
  'opened with a code': {
    ...({ type: 'opened', task: open, channel, hasSession: true } as const),
    signIn: { code: 'code-1', withIdentity: true },
  },
  'open failed': { type: 'failed', task: open, error: noResponse },
  'signed in': { type: 'signed-in', task: signIn },
  'signed in to the session of a computer': { type: 'signed-in', task: signIn, handover: 'accepted' },
  'signed in, not to that of a computer': { type: 'signed-in', task: signIn, handover: 'rejected' },
  'signed out': { type: 'signed-out', task: signOut },
  'not signed in': { type: 'not-signed-in', task: signIn },
  'sign-in: the code was used': { type: 'failed', task: signIn, error: codeUsed },
  'sign-in: rejected as not signed in': { type: 'failed', task: signIn, error: sessionOver },
  'signed in for the identity': { type: 'signed-in', task: signInForIdentity },
  'identity refused': { type: 'not-signed-in', task: signInForIdentity },
  'identity read': { type: 'identity-read', task: readIdentity, identity },
  'identity not available': { type: 'failed', task: readIdentity, error: rejected(404, 'not_found') },
  'found at the start': { type: 'found', task: findAtStart, view: journey },
  'found at the start, face check opened': {
    ...({ type: 'found', task: findAtStart, view: journey } as const),
    openedFaceCheck: 'check-1',
  },
  'found nothing at the start': { type: 'found', task: findAtStart },
  'session over at the start': { type: 'failed', task: findAtStart, error: sessionOver },
  found: { type: 'found', task: find, view: next },
  'find failed': { type: 'failed', task: find, error: noResponse },
  'found the face check to report': { type: 'found', task: findToReport, view: journey },
  'found no face check to report': { type: 'found', task: findToReport, view: next },
  'found the unknown journey': { type: 'found', task: findToExplain, view: next },
  'found nothing in its place': { type: 'found', task: findToExplain },
  reported: { type: 'answered', task: report, view: next },
  'report without response': { type: 'failed', task: report, error: noResponse },
  'face check begun': { type: 'answered', task: submitFace, view: journey },
  'face check not begun': { type: 'answered', task: submitFace, view: next },
  'face check without response': { type: 'failed', task: submitFace, error: noResponse },
  'back from the end of the vendor’s page': { type: 'face-check-opened', task: openFace, hasEnded: true },
  'left the vendor’s page': { type: 'face-check-opened', task: openFace, hasEnded: false },
  'vendor’s page failed': { type: 'failed', task: openFace, error: new Error('no page') },
  answered: { type: 'answered', task: submit, view: next },
  'answered without a journey': { type: 'answered', task: submit },
  'answered: closed': { type: 'answered', task: submit, view: closed },
  'answered: the session ends': { type: 'answered', task: submit, view: endsSession },
  stale: { type: 'failed', task: submit, error: stale },
  busy: { type: 'failed', task: submit, error: busy },
  'not allowed': { type: 'failed', task: submit, error: notAllowed },
  'journey unknown': { type: 'failed', task: submit, error: notFound },
  'session over': { type: 'failed', task: submit, error: sessionOver },
  'no response': { type: 'failed', task: submit, error: noResponse },
  'identity over': { type: 'failed', task: submit, error: identityOver },
  'answer to an earlier request': { type: 'answered', task: { ...submit }, view: closed },
  'failure of an earlier request': { type: 'failed', task: { ...submit }, error: sessionOver },
  'submit requested': { type: 'requested', request: submit },
  'report requested': { type: 'requested', request: findToReport },
  'new sign-in requested': { type: 'requested', request: signIn },
  'session lost while reading': { type: 'session-lost' },
  'seen to have moved': { type: 'observed', view: next },
  'seen as it was': { type: 'observed', view: journey },
  'seen to need a new sign-in': { type: 'observed', view: endsSession },
  'code for a phone shown': { type: 'handover-offered' },
  'code for a phone withdrawn': { type: 'handover-withdrawn' },
  retried: { type: 'retried' },
  edited: { type: 'edited' },
  'problem dismissed': { type: 'problem-dismissed' },
  'identity dismissed': { type: 'identity-dismissed' },
} satisfies Record<string, JourneyEvent>;

type EventName = keyof typeof events;

const signingInAgain = { isReady: true, channel, problem: { kind: 'session-over' }, task: signIn } as const;
const withProblem = (error: ApiError, view = next): JourneyState => ({
  ...{ ...ready, view },
  problem: { kind: 'rejected', error },
});

// During any task, a lost session comes first.
const whileWorking = (state: JourneyState): Partial<Record<EventName, JourneyState>> => ({
  'session lost while reading': { ...signingInAgain, isReady: state.isReady },
  'code for a phone shown': { ...state, handover: 'offered' },
  ...(state.identity && { 'identity dismissed': { ...state, identity: undefined } }),
});
const whileSigningIn = (state: JourneyState): Partial<Record<EventName, JourneyState>> => {
  const ended = { ...state, task: undefined };
  return {
    'signed in': { ...ended, isReady: true },
    'signed in to the session of a computer': { ...state, task: find },
    'signed in, not to that of a computer': {
      ...{ ...ended, isReady: true },
      problem: { kind: 'handover-rejected' },
    },
    'code for a phone shown': { ...state, handover: 'offered' },
    'not signed in': ended,
    // An authorization code can be used once: the retry has none, and gets a new one.
    'sign-in: the code was used': { ...ended, problem: { kind: 'rejected', error: codeUsed }, retry: signIn },
    'sign-in: rejected as not signed in': { ...ended, problem: { kind: 'rejected', error: sessionOver } },
  };
};
const whileReady = (state: JourneyState): Partial<Record<EventName, JourneyState>> => ({
  ...whileWorking(state),
  ...(state.view && {
    'seen to have moved': { ...state, view: next, problem: undefined, retry: undefined },
    'seen to need a new sign-in': signingInAgain,
  }),
  'submit requested': { ...state, task: submit, problem: undefined, retry: undefined },
  'report requested': { ...state, task: findToReport, problem: undefined, retry: undefined },
  'new sign-in requested': { ...state, task: signIn, problem: undefined, retry: undefined },
});
const whileSubmitting: Partial<Record<EventName, JourneyState>> = {
  answered: { ...ready, view: next },
  'answered without a journey': ready,
  'answered: closed': { ...ready, view: closed },
  'answered: the session ends': signingInAgain,
  stale: withProblem(stale),
  busy: withProblem(busy),
  'not allowed': withProblem(notAllowed),
  'journey unknown': doing(findToExplain),
  'session over': signingInAgain,
  'no response': failed,
  'identity over': { ...withProblem(identityOver, journey), identity: undefined },
};

const table: Record<StateName, Partial<Record<EventName, JourneyState>>> = {
  opening: {
    ...whileWorking(states.opening),
    opened: { isReady: false, channel, task: signIn },
    'opened with a session': { isReady: false, channel, task: findAtStart },
    'opened with a code': {
      ...{ isReady: false, channel },
      task: { type: 'sign-in', code: 'code-1', withIdentity: true },
    },
    'open failed': { isReady: false, channel, problem: { kind: 'no-response' }, retry: open },
  },
  'signing in at the start': whileSigningIn(states['signing in at the start']),
  'signing in again': {
    ...whileSigningIn(signingInAgain),
    'problem dismissed': { ...signingInAgain, problem: undefined },
  },
  'signing in for the identity': {
    'code for a phone shown': { ...doing(signInForIdentity), handover: 'offered' },
    'identity dismissed': { ...doing(signInForIdentity), identity: undefined },
    'signed in for the identity': doing(readIdentity),
    'identity refused': ready,
  },
  'reading the identity': {
    ...whileWorking(doing(readIdentity)),
    'identity read': ready,
    'identity not available': { ...ready, problem: { kind: 'rejected', error: notFound } },
  },
  'finding the journey at the start': {
    ...whileWorking({ isReady: false, channel, task: findAtStart }),
    'found at the start': { isReady: true, channel, view: journey },
    'found at the start, face check opened': { isReady: true, channel, view: journey, task: report },
    'found nothing at the start': { isReady: true, channel },
    'session over at the start': { ...signingInAgain, isReady: false },
  },
  'finding the journey': {
    ...whileWorking(doing(find)),
    found: { ...ready, view: next },
    'find failed': { ...ready, problem: { kind: 'no-response' }, retry: find },
  },
  'finding the journey to report the face check': {
    ...whileWorking(doing(findToReport)),
    'found the face check to report': doing(report),
    'found no face check to report': { ...ready, view: next },
  },
  'finding out why the journey is unknown': {
    ...whileWorking(doing(findToExplain)),
    'found the unknown journey': withProblem(notFound),
    'found nothing in its place': { ...ready, view: undefined, problem: { kind: 'on-another-phone' } },
  },
  'reporting the face check': {
    ...whileWorking(doing(report)),
    reported: { ...ready, view: next },
    'report without response': { ...ready, problem: { kind: 'no-response' }, retry: report },
  },
  submitting: { ...whileWorking(doing(submit)), ...whileSubmitting },
  'submitting a face check': {
    ...whileWorking(doing(submitFace)),
    'face check begun': doing(openFace),
    'face check not begun': { ...ready, view: next },
    'face check without response': { ...failed, retry: submitFace },
  },
  'at the vendor’s page': {
    ...whileWorking(doing(openFace)),
    'back from the end of the vendor’s page': doing(findToReport),
    'left the vendor’s page': ready,
    'vendor’s page failed': { ...ready, problem: { kind: 'failed' }, retry: openFace },
  },
  ready: whileReady(ready),
  'ready without a journey': whileReady({ isReady: true, channel }),
  'ready after no response': {
    ...whileReady(failed),
    // The very same request, so with the same key.
    retried: doing(submit),
    edited: { ...failed, retry: undefined },
    'problem dismissed': ready,
  },
  'ready after a rejection': {
    ...whileReady(states['ready after a rejection']),
    'problem dismissed': ready,
  },
  'showing a code for a phone': {
    ...whileReady(offering),
    // The code is of use on the signing page only.
    'seen to have moved': { ...ready, view: next },
    'session lost while reading': states['signing out, since a phone has the journey'],
    'new sign-in requested': { ...offering, handover: undefined, task: signIn },
    'code for a phone shown': offering,
    'code for a phone withdrawn': { ...offering, handover: undefined },
  },
  'submitting while a code is shown': {
    ...whileWorking(states['submitting while a code is shown']),
    ...whileSubmitting,
    // What leaves the person on the signing page leaves the code, too.
    'answered without a journey': offering,
    'no response': { ...failed, view: signing, handover: 'offered' },
    'journey unknown': { ...offering, task: findToExplain },
    'identity over': {
      ...{ ...offering, identity: undefined },
      problem: { kind: 'rejected', error: identityOver },
    },
    // The end of Alipay's authorization is no phone's doing.
    'answered: the session ends': signingInAgain,
    'session over': states['signing out, since a phone has the journey'],
    'session lost while reading': states['signing out, since a phone has the journey'],
    'code for a phone shown': states['submitting while a code is shown'],
    'code for a phone withdrawn': { ...states['submitting while a code is shown'], handover: undefined },
  },
  'signing out, since a phone has the journey': {
    'signed out': takenOver,
  },
  'a phone has the journey': {
    'submit requested': { ...takenOver, task: submit },
    'report requested': { ...takenOver, task: findToReport },
    'new sign-in requested': { isReady: true, channel, task: signIn },
  },
};

const eventNames = Object.keys(events) as EventName[];

describe.each(Object.keys(states) as StateName[])('%s', (name) => {
  const state: JourneyState = states[name];

  test.each(eventNames)('%s', (eventName) => {
    const event: JourneyEvent = events[eventName];
    const after = nextState(state, event);
    const expected = table[name][eventName];
    if (expected) expect(after).toEqual(expected);
    else expect(after).toBe(state);
  });
});

test('people who can’t sign in here are asked for nothing', () => {
  expect(initialState(false)).toEqual({ isReady: false, channel: {} });
});

test('a retry sends the request with the key it had', () => {
  const lost = nextState(doing(submit), { type: 'failed', task: submit, error: noResponse });
  expect(nextState(lost, { type: 'retried' }).task).toBe(submit);
});

test('a second press while the first is under way does nothing', () => {
  const second: Task = { type: 'submit', request: { ...request, key: 'key-2' } };
  const state = doing(submit);
  expect(nextState(state, { type: 'requested', request: second })).toBe(state);
});
