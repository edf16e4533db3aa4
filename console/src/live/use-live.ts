import { useEffect } from 'react';
import { hasRight } from '../../../domain/clerks';
import { journeyKey, isShownInDetail, WORKLIST } from './agreement';
import { setLive } from './live-state';
import { followWorklist } from './stream';
import type { WorklistChange } from './stream';
import { get, queryClient, useSessionState } from '../session';

// Changes that come together are read together, and lists no more often than this.
const TOGETHER_MS = 300;
const PAUSE_MS = 2_000;

/** Keeps lists and journeys up to date while the page is seen and its clerk is signed in. */
export function useLive(): void {
  const state = useSessionState();
  const isOn = state.kind === 'signed-in' && hasRight(state.session.clerk.role, 'see');
  useEffect(() => (isOn ? whileVisible(follow) : undefined), [isOn]);
}

/** A page that nobody sees needs no stream: a browser has few connections for all its pages. */
function whileVisible(begin: () => () => void): () => void {
  let end: (() => void) | undefined;
  const look = () => {
    if (document.visibilityState === 'visible') end ??= begin();
    else {
      end?.();
      end = undefined;
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    end?.();
  };
}

function follow(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readAt = 0;
  const readLists = () => {
    timer ??= setTimeout(
      () => {
        [timer, readAt] = [undefined, Date.now()];
        void queryClient.invalidateQueries({ queryKey: [WORKLIST] });
        void queryClient.invalidateQueries({ queryKey: ['counts'] });
        void queryClient.invalidateQueries({ queryKey: ['batch'] });
      },
      Math.max(TOGETHER_MS, readAt + PAUSE_MS - Date.now()),
    );
  };
  const stop = followWorklist({
    open: () => new EventSource('/api/clerk/worklist/events'),
    changed(change: WorklistChange) {
      if (!isShownInDetail(change))
        void queryClient.invalidateQueries({ queryKey: journeyKey(change.journey) });
      readLists();
    },
    readAgain() {
      void queryClient.invalidateQueries({ queryKey: ['journey'] });
      readLists();
    },
    became(state) {
      setLive(state === 'live');
      // A stream can't say why it was refused. If the session is over, the answer to this opens the sign-in.
      if (state === 'refused') void get('/api/clerk/session').catch(() => undefined);
    },
  });
  return () => {
    stop();
    clearTimeout(timer);
    setLive(undefined);
  };
}
