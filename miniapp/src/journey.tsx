import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { call } from './api';
import type {
  CommandOptions,
  CommandPath,
  Journey,
  Method,
  Operation,
  PathOf,
  ResponseOf,
  SubmitPath,
} from './api-contract';
import { isApiError } from './api-error';
import { apiRequest, commandRequest } from './api-request';
import type { ApiRequest } from './api-request';
import { forgetInk } from './ink';
import { initialState, isSigning, nextState } from './journey-state';
import type { JourneyEvent, JourneyState, Task } from './journey-state';
import { perform } from './journey-tasks';
import { platform } from './platform';

interface JourneyContext
  extends Pick<JourneyState, 'view' | 'isReady' | 'problem' | 'identity' | 'handover'>, Actions {
  /** While a task is under way. */
  isBusy: boolean;
  /** The demonstration's own site, which shows its made-up persons; undefined in production. */
  sandboxUrl?: string;
  /** Sends a command of the journey that the person sees. @returns as `submit` */
  send<P extends CommandPath>(
    path: P,
    ...options: CommandOptions<Operation<'POST', P>>
  ): Promise<Journey | undefined>;
  /** Repeats the last task as it was; undefined where that can't help. */
  retry?: () => void;
}

interface Actions {
  /** Sends what changes the journey. @returns where it stands then; undefined if the request was not accepted */
  submit(request: ApiRequest<'POST', SubmitPath>): Promise<Journey | undefined>;
  /** Finds out where the journey stands now. */
  refresh(): Promise<void>;
  /** Shows where the journey stands, as a page has read it. */
  observe(view: Journey): void;
  /** Asks how the face check ended from which the person is back. */
  reportFaceCheck(): Promise<void>;
  /** Asks the person to let Alipay give name and number. A browser leaves the page for that. */
  requestIdentity(): Promise<void>;
  dismissIdentity(): void;
  /** The person has edited the form: what was sent before can't be repeated. */
  markEdited(): void;
  dismissProblem(): void;
  /** Says that the page shows a code with which a phone takes the journey over. */
  offerHandover(): void;
  /** Makes the code useless. Until that is certain, the end of the session means that a phone has the journey. */
  withdrawHandover(): Promise<void>;
  /** Begins anew, in a session of its own. A browser leaves the page for that. */
  signInAnew(): Promise<void>;
  /** Asks the person to allow messages. Alipay permits that only right after a press of a button. */
  requestMessages(): Promise<void>;
  /** Reads something for a page, or sends what does not concern the journey, and signs in again if the session is over. @throws ApiError, NoResponse */
  read<M extends Method, P extends PathOf<M>>(request: ApiRequest<M, P>): Promise<ResponseOf<M, P>>;
}

const Context = createContext<JourneyContext | undefined>(undefined);

export function useJourney(): JourneyContext {
  const journey = useContext(Context);
  if (!journey) throw new Error('useJourney is used outside of JourneyProvider.');
  return journey;
}

/** Keeps the state of the journey for all pages, and does what the state machine decides (journey-state.ts). */
export function JourneyProvider({ children }: PropsWithChildren) {
  const [state, setState] = useState(() => initialState(platform.channel !== undefined));
  // A second press may come before React has drawn the first: events meet the latest state, not the drawn one.
  const latest = useRef(state);
  const running = useRef<Promise<void>>();

  const dispatch = useCallback((event: JourneyEvent): JourneyState => {
    latest.current = nextState(latest.current, event);
    setState(latest.current);
    return latest.current;
  }, []);

  /** Performs one task after the other until none is left. */
  const run = useCallback(async (): Promise<void> => {
    const runAll = async () => {
      for (let { task, channel } = latest.current; task; { task, channel } = latest.current) {
        dispatch(await perform(task, channel));
      }
      running.current = undefined;
    };
    if (latest.current.task) running.current ??= runAll();
    await running.current;
  }, [dispatch]);

  useEffect(() => void run(), [run]);

  // What was written belongs to the signing page alone. After a reload nothing is known yet.
  const mayHaveInk = !state.isReady || isSigning(state.view);
  useEffect(() => {
    if (!mayHaveInk) forgetInk();
  }, [mayHaveInk]);

  const actions = useMemo((): Actions => {
    const request = async (task: Task) => {
      dispatch({ type: 'requested', request: task });
      await run();
    };
    const submit = async (toSubmit: ApiRequest<'POST', SubmitPath>) => {
      const task: Task = { type: 'submit', request: toSubmit };
      const isTaken = dispatch({ type: 'requested', request: task }).task === task;
      await run();
      const { view, problem } = latest.current;
      return isTaken && !problem ? view : undefined;
    };
    const read: Actions['read'] = async (toRead) => {
      try {
        return await call(toRead);
      } catch (error) {
        if (isApiError(error, 'not_signed_in')) {
          dispatch({ type: 'session-lost' });
          await run();
        }
        throw error;
      }
    };
    return {
      submit,
      refresh: () => request({ type: 'find' }),
      observe: (view) => {
        dispatch({ type: 'observed', view });
        void run();
      },
      reportFaceCheck: () => request({ type: 'find', then: { type: 'report' } }),
      requestIdentity: () => request({ type: 'sign-in', withIdentity: true }),
      dismissIdentity: () => dispatch({ type: 'identity-dismissed' }),
      markEdited: () => dispatch({ type: 'edited' }),
      offerHandover: () => dispatch({ type: 'handover-offered' }),
      async withdrawHandover() {
        const { view, handover } = latest.current;
        if (!view || handover === 'taken') return;
        const path = { id: view.id };
        await read(apiRequest('POST', '/api/journeys/{id}/handovers/withdrawal', { path })).then(
          () => dispatch({ type: 'handover-withdrawn' }),
          () => undefined,
        );
      },
      signInAnew: () => request({ type: 'sign-in', withIdentity: false }),
      dismissProblem: () => dispatch({ type: 'problem-dismissed' }),
      requestMessages: () => platform.requestMessages(latest.current.channel.messageTemplates ?? []),
      read,
    };
  }, [dispatch, run]);

  const value = useMemo((): JourneyContext => {
    const { view, isReady, task, problem, identity, handover, channel } = state;
    const retry = () => {
      dispatch({ type: 'retried' });
      void run();
    };
    return {
      ...{ view, isReady, problem, identity, handover, isBusy: task !== undefined },
      // With the revision that was drawn: a press that was meant for an earlier one must not take effect.
      send: async (path, ...options) =>
        view && (await actions.submit(commandRequest(view, path, ...options))),
      sandboxUrl: channel.authorizeUrl?.replace(/\/[^/]*$/, '/'),
      retry: state.retry && retry,
      ...actions,
    };
  }, [state, actions, dispatch, run]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
