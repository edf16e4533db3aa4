import { CLAIM_MS } from '../../../../../domain/worklist';
import { ApiFailure } from '../../../client';
import type { WorklistEntry } from '../../../client';

/**
 * What this page has done about the claim of its journey. `watching`: it has asked for nothing, or somebody else was faster; `over`: it had the
 * claim and lost it; `passed-on`: it gave the claim away.
 */
type Own = 'watching' | 'asking' | 'held' | 'over' | 'passed-on';

/** Where this page stands. `looking`: the clerk may not decide about this journey now. */
export type Standing = 'none' | 'looking' | 'asking' | 'own' | 'others' | 'over' | 'free';

export interface ClaimRequests {
  /** @returns the number of the change by which it was claimed, or a later one */
  claim: () => Promise<number>;
  renew: () => Promise<unknown>;
  release: () => Promise<unknown>;
}

export interface ClaimState {
  own: Own;
  /** Why the journey could not be claimed. */
  error?: unknown;
}

/**
 * Claims a journey as its page opens, once for each time that it waits for clerks, and renews the claim. A claim that is over is not taken up
 * again by itself: another clerk may have worked meanwhile.
 */
export function createClaimKeeper({
  requests: { claim, renew, release },
  lost,
  now = () => Date.now(),
}: {
  requests: ClaimRequests;
  /** Something has to be read again: the journey is not as it was. */
  lost: () => void;
  now?: () => number;
}) {
  let state: ClaimState = { own: 'watching' };
  let askedFor: string | undefined;
  let claimedBy = 0;
  let heldAt = 0;
  const listeners = new Set<() => void>();
  const become = (own: Own, error?: unknown) => {
    state = { own, error };
    for (const listener of listeners) listener();
  };

  const isHeld = () => state.own === 'held';

  async function ask(): Promise<void> {
    become('asking');
    try {
      claimedBy = await claim();
      heldAt = now();
      become('held');
    } catch (error) {
      become('watching', error);
      lost();
    }
  }

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask,

    /** @param entry as it was read just now; undefined where this clerk has nothing to claim */
    see(entry: WorklistEntry | undefined): void {
      if (!entry) {
        askedFor = undefined;
        if (state.own !== 'watching') become('watching');
        return;
      }
      const { since, claim: claimed, change } = entry;
      if (askedFor !== since) {
        askedFor = since;
        if (!claimed || claimed.isOwn) return void ask();
      }
      // What was read before the claim says nothing about it.
      if (state.own === 'held' && !claimed?.isOwn && change >= claimedBy) become('over');
    },

    /** To be called from time to time while the page is seen. */
    async beat(): Promise<void> {
      if (!isHeld()) return;
      try {
        await renew();
        heldAt = now();
      } catch (error) {
        const isRefused =
          error instanceof ApiFailure &&
          ['claim_expired', 'claimed_by_other', 'not_allowed_now', 'not_found'].includes(error.code);
        if (!isHeld() || !(isRefused || now() - heldAt > CLAIM_MS)) return;
        become('over');
        lost();
      }
    },

    passOn: () => become('passed-on'),

    /** Gives the claim back as the page is left. */
    leave(): void {
      if (state.own !== 'held' && state.own !== 'asking') return;
      askedFor = undefined;
      become('watching');
      void release().catch(() => undefined);
    },
  };
}

export type ClaimKeeper = ReturnType<typeof createClaimKeeper>;

/** @param entry undefined if the journey does not wait for clerks @param mayClaim whether this clerk may decide about it now */
export function standingOf(
  entry: WorklistEntry | undefined,
  { own }: ClaimState,
  mayClaim: boolean,
): Standing {
  if (!entry) return 'none';
  if (entry.claim && !entry.claim.isOwn) return 'others';
  if (!mayClaim) return 'looking';
  if (own === 'held') return 'own';
  if (own === 'watching' || own === 'passed-on') return 'free';
  return own;
}
