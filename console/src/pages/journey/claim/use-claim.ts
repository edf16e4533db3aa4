import { useEffect, useState, useSyncExternalStore } from 'react';
import { CLAIM_MS } from '../../../../../domain/worklist';
import type { Journey } from '../../../client';
import { journeyKey, showClaimed } from '../../../live/agreement';
import { bodyOf, post, queryClient, useMay, useSession } from '../../../session';
import { createClaimKeeper, standingOf } from './claim-keeper';
import type { ClaimKeeper, ClaimState, Standing } from './claim-keeper';
import { announceTab } from './own-tabs';

export interface Claim extends ClaimState {
  standing: Standing;
  keeper: ClaimKeeper;
}

const BEAT_MS = CLAIM_MS / 4;

/** Claims a journey as long as its page is open. */
export function useClaim(id: string, journey: Journey | undefined): Claim {
  const entry = journey?.worklist;
  const { clerk: me } = useSession();
  const mayDecide = useMay('decide');
  // What waits for its reviewer is for nobody else.
  const mayClaim = mayDecide && (entry?.reviewer === undefined || entry.reviewer === me.id);
  const [keeper] = useState(() => keeperOf(id));
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);

  useEffect(() => keep(keeper, id), [keeper, id]);
  useEffect(() => {
    if (journey) keeper.see(mayClaim ? entry : undefined);
  }, [keeper, journey, entry, mayClaim]);
  return { ...state, keeper, standing: standingOf(entry, state, mayClaim) };
}

function keeperOf(id: string): ClaimKeeper {
  const about = { params: { path: { id } }, body: {} };
  return createClaimKeeper({
    requests: {
      claim: () =>
        inTurn(id, async () => {
          const { entry } = await bodyOf(post('/api/clerk/journeys/{id}/claim', about));
          showClaimed(entry);
          return entry.change;
        }),
      renew: () => inTurn(id, () => post('/api/clerk/journeys/{id}/claim/renewal', about)),
      // Also while the page is being closed.
      release: () =>
        inTurn(id, () => post('/api/clerk/journeys/{id}/claim/release', { ...about, keepalive: true })),
    },
    lost: () => void queryClient.invalidateQueries({ queryKey: journeyKey(id) }),
  });
}

const turns = new Map<string, Promise<unknown>>();

/** Requests about one claim reach the api in the order in which they were made; one without others before it is sent at once. */
async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(id);
  const turn = before ? before.then(work, work) : work();
  turns.set(id, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(id) === turn) turns.delete(id);
  }
}

/** Renews the claim while the page is seen, and gives it back as it is left. */
function keep(keeper: ClaimKeeper, id: string): () => void {
  const tab = announceTab(new BroadcastChannel('console-journeys'), id);
  const beat = () => {
    if (document.visibilityState === 'visible') void keeper.beat();
  };
  const timer = setInterval(beat, BEAT_MS);
  const leave = () => {
    if (tab.isAlone()) keeper.leave();
  };
  document.addEventListener('visibilitychange', beat);
  window.addEventListener('pagehide', leave);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', beat);
    window.removeEventListener('pagehide', leave);
    leave();
    tab.leave();
  };
}
