import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  DefaultFailureConverter,
  defaultPayloadConverter,
  ServerFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import type { ProtoFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { createLeakDetector } from '../test/leak-detector';
import { failureConverter } from './failure-converter';

const name = '欧阳测试';
const number = '110101190001010014';
const detector = createLeakDetector([name, number]);
const secret = `${name} ${number}`;

const before = new DefaultFailureConverter();
const Failure = temporal.api.failure.v1.Failure;

/** The message on the wire for `error`: its bytes, and the failure as the server decodes it. */
function sent(error: unknown, converter: DefaultFailureConverter = failureConverter) {
  const bytes = Buffer.from(
    Failure.encode(converter.errorToFailure(error, defaultPayloadConverter)).finish(),
  );
  return { bytes, failure: Failure.decode(bytes) as ProtoFailure };
}

/** The error that the receiver decodes. */
function received(error: unknown) {
  return failureConverter.failureToError(sent(error).failure, defaultPayloadConverter);
}

const failing: Record<string, () => unknown> = {
  'an error': () => new Error(secret),
  'an error with a cause': () => new Error('outer', { cause: new Error(secret) }),
  'an error whose message was changed after its stack was written': () => {
    const error = new Error(secret);
    const { stack } = error;
    return Object.assign(error, { message: 'harmless', stack });
  },
  'an error of several lines': () =>
    new Error(`${secret}\n    at ${secret} (/app/x.ts:1:1)\n    at ${number} (/app/x.ts:1:1)`),
  'an error named after a person': () => Object.assign(new Error('x'), { name: secret }),
  'a thrown text': () => secret,
  'a thrown object': () => ({ secret }),
  'an application failure': () => ApplicationFailure.create({ message: secret, type: 'face_failed' }),
  'its details': () =>
    ApplicationFailure.create({ message: 'x', type: 'face_failed', details: [{ secret }, secret] }),
  'its type': () => ApplicationFailure.create({ message: 'x', type: secret }),
  'a number as its type': () => ApplicationFailure.create({ message: 'x', type: `x${number}` }),
  'its cause': () =>
    ApplicationFailure.create({ message: 'x', type: 'face_failed', cause: new Error(secret) }),
  'a wrapped error': () => ApplicationFailure.fromError(new Error(secret)),
  'a failed activity': () =>
    new ActivityFailure(
      secret,
      'checkFace',
      'id',
      'TIMEOUT',
      'worker',
      ApplicationFailure.create({ message: secret, details: [secret] }),
    ),
  'a cancellation': () => new CancelledFailure(secret, [secret], new Error(secret)),
  "a timeout's last heartbeat": () => new TimeoutFailure(secret, { secret }, 'HEARTBEAT'),
  'a termination': () => new TerminatedFailure(secret, new Error(secret)),
  'a server failure': () => new ServerFailure(secret, true, new Error(secret)),
  'a failed child workflow': () =>
    new ChildWorkflowFailure(
      'default',
      { workflowId: 'w', runId: 'r' },
      'matter',
      'TIMEOUT',
      new Error(secret),
    ),
  'a failure received from elsewhere': () => {
    const { failure } = sent(
      ApplicationFailure.create({ message: secret, details: [secret], cause: new Error(secret) }),
      before,
    );
    return before.failureToError(failure, defaultPayloadConverter);
  },
};

describe.each(Object.entries(failing))('%s', (_, make) => {
  test('brings no personal value into Temporal', () => {
    expect(detector.search('before', sent(make(), before).bytes)).not.toEqual([]);
    const { bytes, failure } = sent(make());
    expect(detector.search('after', bytes)).toEqual([]);
    expect(detector.search('after', JSON.stringify(failure))).toEqual([]);
  });
});

test('code, retry flag and delay arrive', () => {
  const failure = ApplicationFailure.create({
    message: secret,
    type: 'vendor_unavailable',
    nonRetryable: true,
    nextRetryDelay: '7s',
    category: 'BENIGN',
  });
  const { applicationFailureInfo } = sent(failure).failure;
  expect(applicationFailureInfo?.nextRetryDelay?.seconds?.toString()).toBe('7');
  expect(received(failure)).toMatchObject({
    type: 'vendor_unavailable',
    message: 'vendor_unavailable',
    nonRetryable: true,
    category: 'BENIGN',
  });
});

test('a failure without a code arrives as internal', () => {
  expect(received(ApplicationFailure.create({ message: 'x', type: 'TypeError' }))).toMatchObject({
    type: 'internal',
  });
  expect(received(new TypeError('x'))).toMatchObject({ message: 'internal' });
});

test('the kind of a failure and of its causes arrives', () => {
  const cause = ApplicationFailure.create({ message: secret, type: 'face_failed' });
  const activity = received(new ActivityFailure(secret, 'checkFace', 'id', 'TIMEOUT', 'worker', cause));
  expect(activity).toBeInstanceOf(ActivityFailure);
  expect(activity).toMatchObject({
    activityType: 'checkFace',
    activityId: 'id',
    retryState: 'TIMEOUT',
    identity: 'worker',
  });
  expect(activity.cause).toBeInstanceOf(ApplicationFailure);
  expect(activity.cause).toMatchObject({ type: 'face_failed' });
  expect(received(new CancelledFailure(secret))).toBeInstanceOf(CancelledFailure);
  expect(received(new TerminatedFailure(secret))).toBeInstanceOf(TerminatedFailure);
  const timeout = received(new TimeoutFailure(secret, secret, 'START_TO_CLOSE'));
  expect(timeout).toBeInstanceOf(TimeoutFailure);
  expect(timeout).toMatchObject({ timeoutType: 'START_TO_CLOSE', lastHeartbeatDetails: undefined });
  expect(received(new ServerFailure(secret, true))).toMatchObject({ nonRetryable: true });
  const child = new ChildWorkflowFailure('default', { workflowId: 'w', runId: 'r' }, 'matter', 'TIMEOUT');
  expect(received(child)).toMatchObject({
    workflowType: 'matter',
    execution: { workflowId: 'w', runId: 'r' },
  });
});

test('an operator sees the code location', () => {
  expect(sent(new Error(secret)).failure.stackTrace).toMatch(
    /^ {4}at .*platform\/failure-converter\.test\.ts:\d+:\d+/,
  );
});

test('an error that is its own cause, or whose details have no JSON form, keeps its code', () => {
  const loop = ApplicationFailure.create({ message: secret, type: 'face_failed', nonRetryable: true });
  Object.assign(loop, { cause: loop });
  const details = ApplicationFailure.create({
    message: secret,
    type: 'face_failed',
    nonRetryable: true,
    details: [1n],
  });
  for (const error of [loop, details]) {
    expect(received(error)).toMatchObject({ type: 'face_failed', nonRetryable: true });
    expect(detector.search('after', sent(error).bytes)).toEqual([]);
  }
});

test('a very long chain of causes is cut', () => {
  const chain = Array.from({ length: 50 }).reduce<Error>(
    (cause) => new Error(secret, { cause }),
    new Error(secret),
  );
  let depth = 0;
  for (let at: ProtoFailure | null | undefined = sent(chain).failure; at; at = at.cause) depth++;
  expect(depth).toBe(11);
});
