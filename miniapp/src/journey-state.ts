import type { AuthorizedIdentity, Journey, SubmitPath } from './api-contract';
import { ApiError, isApiError, mayRetry, NoResponse } from './api-error';
import type { ApiRequest } from './api-request';

// The journey on the phone as a state machine. It decides what the phone does next and what the page shows.
// journey-tasks.ts does what it decides. The rules of the journey itself are the API's.

/** How this channel signs in. */
export interface Channel {
  /** Where a browser signs in. In Alipay the phone itself gives the authorization code. */
  authorizeUrl?: string;
  /** The templates of the messages that the person is asked to agree to. */
  messageTemplates?: readonly string[];
}

/** One piece of work for the phone. There is at most one at a time. */
export type Task =
  /** Learn how this channel signs in, and whether the phone has a session or an authorization code already. */
  | { type: 'open' }
  /** Sign in anew; `withIdentity` asks the person to let Alipay give name and number. */
  | { type: 'sign-in'; withIdentity: boolean; code?: string }
  | { type: 'read-identity' }
  /** Forget the session, which another phone has now. */
  | { type: 'sign-out' }
  /** Find the journey of this session. */
  | { type: 'find'; then?: AfterFinding }
  /** Ask the API how the face check ended. */
  | { type: 'report-face-check'; journey: Journey }
  | { type: 'submit'; request: ApiRequest<'POST', SubmitPath> }
  /** Open the vendor's page of a face check that the API has begun. */
  | { type: 'open-face-check'; check: FaceCheck };

type FaceCheck = NonNullable<Journey['faceCheck']>;

type AfterFinding =
  /** If the journey waits for a face check whose page was opened, ask how it ended. */
  | { type: 'report-if-opened' }
  /** The person is back from the face check: ask how it ended. */
  | { type: 'report' }
  /** The API did not know the journey of a request: another phone may have taken it over. */
  | { type: 'explain'; error: ApiError };

/** A task of one type. */
type TaskOf<Type extends Task['type']> = Extract<Task, { type: Type }>;

export interface JourneyState {
  /** The journey as the API presents it; undefined before the first entry. */
  view?: Journey;
  /** Whether somebody is signed in and `view` is known. */
  isReady: boolean;
  /** What the phone is doing now. */
  task?: Task;
  problem?: Problem;
  /** The task that may be repeated as it was after `problem`. */
  retry?: Task;
  /** Name and number of the account, masked, if the person has let Alipay give them. */
  identity?: AuthorizedIdentity;
  /** 用手机签字: a code for a phone was shown, and the person has not left the signing page since; or a phone has taken the journey over. */
  handover?: 'offered' | 'taken';
  channel: Channel;
}

/** What the page tells the person about the last task. */
interface Problem {
  kind: 'rejected' | 'no-response' | 'session-over' | 'on-another-phone' | 'handover-rejected' | 'failed';
  /** With 'rejected': why. */
  error?: ApiError;
}

/** How a task ended. */
export type Outcome =
  | {
      type: 'opened';
      task: TaskOf<'open'>;
      channel: Channel;
      hasSession: boolean;
      signIn?: Pick<TaskOf<'sign-in'>, 'withIdentity' | 'code'>;
    }
  /** `handover`: whether the session is that of the computer whose code was shown. */
  | { type: 'signed-in'; task: TaskOf<'sign-in'>; handover?: 'accepted' | 'rejected' }
  | { type: 'signed-out'; task: TaskOf<'sign-out'> }
  /** The person said no, or a browser is leaving the page to sign in. */
  | { type: 'not-signed-in'; task: TaskOf<'sign-in'> }
  | { type: 'identity-read'; task: TaskOf<'read-identity'>; identity: AuthorizedIdentity }
  /** `openedFaceCheck` is the certify id of the check whose page was opened. */
  | { type: 'found'; task: TaskOf<'find'>; view?: Journey; openedFaceCheck?: string }
  /** `view` is undefined where the response was something else than the journey. */
  | { type: 'answered'; task: TaskOf<'submit' | 'report-face-check'>; view?: Journey }
  /** `hasEnded`: the person is back from the end of the vendor's page, so that there is a result to ask for. */
  | { type: 'face-check-opened'; task: TaskOf<'open-face-check'>; hasEnded: boolean }
  | { type: 'failed'; task: Task; error: unknown };

export type JourneyEvent =
  | Outcome
  /** Nothing happens while a task is under way. */
  | { type: 'requested'; request: Task }
  /** A page that waits has read that the journey moved. */
  | { type: 'observed'; view: Journey }
  /** The session was over when a page read something. */
  | { type: 'session-lost' }
  /** The page shows a code for a phone. */
  | { type: 'handover-offered' }
  /** No phone can use the code any more. */
  | { type: 'handover-withdrawn' }
  | { type: 'retried' }
  /** The person has changed what the last request was made of: it can't be repeated as it was. */
  | { type: 'edited' }
  | { type: 'problem-dismissed' }
  | { type: 'identity-dismissed' };

/** @param canSignIn false where people can't sign in yet (WeChat) */
export function initialState(canSignIn: boolean): JourneyState {
  return { isReady: false, channel: {}, task: canSignIn ? { type: 'open' } : undefined };
}

/** @returns `state` itself where the event changes nothing */
export function nextState(state: JourneyState, event: JourneyEvent): JourneyState {
  // The outcome came too late: the phone has turned to something else.
  if ('task' in event && event.task !== state.task) return state;
  switch (event.type) {
    case 'opened':
      return { ...state, channel: event.channel, task: firstTask(event) };
    case 'signed-in':
      if (event.task.withIdentity) return { ...state, isReady: true, task: { type: 'read-identity' } };
      if (event.handover === 'accepted') return { ...state, task: { type: 'find' } };
      if (event.handover) return done({ ...state, isReady: true, problem: { kind: 'handover-rejected' } });
      return done({ ...state, isReady: true });
    case 'signed-out':
      return done(state);
    case 'not-signed-in':
      return done(state);
    case 'identity-read':
      return done({ ...state, identity: event.identity });
    case 'found':
      return afterFinding({ ...state, isReady: true, view: event.view }, event);
    case 'answered':
      return afterAnswer({ ...state, view: event.view ?? state.view }, event);
    case 'face-check-opened':
      return event.hasEnded ? { ...state, task: { type: 'find', then: { type: 'report' } } } : done(state);
    case 'failed':
      return afterFailure(state, event);
    case 'requested':
      return state.task ? state : start(state, event.request);
    case 'observed':
      return isNewer(state, event.view)
        ? done({ ...state, view: event.view, problem: undefined, retry: undefined })
        : state;
    case 'session-lost':
      return state.task?.type === 'sign-in' || state.handover === 'taken' ? state : afterSession(state);
    case 'handover-offered':
      return state.handover ? state : { ...state, handover: 'offered' };
    case 'handover-withdrawn':
      return state.handover === 'offered' ? { ...state, handover: undefined } : state;
    case 'retried':
      return state.retry && !state.task ? start(state, state.retry) : state;
    case 'edited':
      return state.retry ? { ...state, retry: undefined } : state;
    case 'problem-dismissed':
      return state.problem ? { ...state, problem: undefined, retry: undefined } : state;
    case 'identity-dismissed':
      return state.identity ? { ...state, identity: undefined } : state;
  }
}

/** Not while a task is under way, whose result is newer. */
function isNewer({ task, view }: JourneyState, observed: Journey): boolean {
  return !task && view?.id === observed.id && observed.revision > view.revision;
}

function firstTask({ signIn, hasSession }: Extract<Outcome, { type: 'opened' }>): Task {
  if (signIn) return { type: 'sign-in', ...signIn };
  if (hasSession) return { type: 'find', then: { type: 'report-if-opened' } };
  return { type: 'sign-in', withIdentity: false };
}

function afterFinding(
  state: JourneyState,
  { task, view, openedFaceCheck }: Extract<Outcome, { type: 'found' }>,
): JourneyState {
  const { then } = task;
  if (then?.type === 'explain') {
    return done({ ...state, problem: view ? problemOf(then.error) : { kind: 'on-another-phone' } });
  }
  const mustReport =
    then?.type === 'report' ||
    (then?.type === 'report-if-opened' && view?.faceCheck?.certifyId === openedFaceCheck);
  if (!view?.faceCheck || !mustReport) return done(state);
  return { ...state, task: { type: 'report-face-check', journey: view } };
}

/** A face check that has begun opens at once, also where the response came only to a repeated request. */
function afterAnswer(
  state: JourneyState,
  { task, view }: Extract<Outcome, { type: 'answered' }>,
): JourneyState {
  const isBegun = task.type === 'submit' && task.request.path === '/api/journeys/{id}/face-checks';
  if (!isBegun || !view?.faceCheck) return done(state);
  return { ...state, task: { type: 'open-face-check', check: view.faceCheck } };
}

function afterFailure(
  state: JourneyState,
  { task, error }: Extract<Outcome, { type: 'failed' }>,
): JourneyState {
  if (isApiError(error, 'not_signed_in') && task.type !== 'sign-in') return afterSession(state);
  const isOfJourney = task.type === 'submit' || task.type === 'report-face-check';
  if (isApiError(error, 'not_found') && isOfJourney) {
    return { ...state, task: { type: 'find', then: { type: 'explain', error } } };
  }
  return done({
    ...state,
    view:
      (error instanceof ApiError && error.journey) ||
      (task.type === 'find' ? state.view : silenced(state.view)),
    identity: isApiError(error, 'authorized_identity_over') ? undefined : state.identity,
    problem: problemOf(error),
    retry: mayRetry(error) ? repeatable(task) : undefined,
  });
}

/** What the command before was told, and the visit before, must not stand beside the problem of this one. */
function silenced(view: Journey | undefined): Journey | undefined {
  return view && view.step !== 'closed' ? { ...view, notices: [] } : undefined;
}

/** An authorization code can be used once, so that signing in is repeated with a new one. */
function repeatable(task: Task): Task {
  return task.type === 'sign-in' ? { type: 'sign-in', withIdentity: task.withIdentity } : task;
}

function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return { kind: 'rejected', error };
  return { kind: error instanceof NoResponse ? 'no-response' : 'failed' };
}

function done(state: JourneyState): JourneyState {
  // Alipay's authorization of this session is over.
  if (state.view?.notices.some(({ code }) => code === 'sign_in_again')) return signInAgain(state);
  const handover = state.handover === 'offered' && !isSigning(state.view) ? undefined : state.handover;
  return { ...state, handover, task: undefined };
}

/** Whether the person signs, or has just sent the signature. */
export function isSigning(view: Journey | undefined): boolean {
  return view?.step === 'signing' || view?.step === 'signature-check';
}

function start(state: JourneyState, task: Task): JourneyState {
  // A person whose journey is on a phone now may begin another one here.
  const isAnew = task.type === 'sign-in' && !task.withIdentity;
  const handover = isAnew ? undefined : state.handover;
  return { ...state, handover, task, problem: undefined, retry: undefined };
}

/** Once a code for a phone was shown, the session ends because a phone has taken it over. */
function afterSession(state: JourneyState): JourneyState {
  if (!state.handover) return signInAgain(state);
  return { isReady: true, channel: state.channel, handover: 'taken', task: { type: 'sign-out' } };
}

/** A new session has proven nothing, so that the person begins at the entry again. */
function signInAgain({ isReady, channel }: JourneyState): JourneyState {
  return {
    isReady,
    channel,
    problem: { kind: 'session-over' },
    task: { type: 'sign-in', withIdentity: false },
  };
}
