import { REVIEWER_RETENTION_MS } from './limits';

/** Version of the rule by which a reviewer is picked. It is recorded with every pick; another rule has another number. */
export const REVIEWER_RULE = 1;

/** An earlier pick by the seed, for the same person and the same matter. Times are milliseconds since 1970. */
export interface EarlierLot {
  proposal: string;
  picked: string;
  drawnAt: number;
}

/**
 * Draws the reviewer of a proposal. Rule 1: of the picks by seed of the last 24 hours for the same person and matter, the earliest whose clerk is
 * a candidate now is kept. Without one the seed decides: the candidate at the place `seed mod number of candidates`, from 0. With
 * 256 random bits the chances of the candidates differ by less than 2^-240.
 * @param lot `candidates` in ascending order; `seed` in hex; `earlier` in the order in which they were drawn; `now` in milliseconds since
 *   1970
 * @returns `keptFrom` the proposal whose reviewer was kept; undefined if there is no candidate
 */
export function pickReviewer(lot: {
  candidates: readonly string[];
  seed: string;
  earlier: readonly EarlierLot[];
  now: number;
}): { picked: string; keptFrom?: string } | undefined {
  const { candidates, seed, earlier, now } = lot;
  const kept = earlier.find(
    ({ drawnAt, picked }) => drawnAt > now - REVIEWER_RETENTION_MS && candidates.includes(picked),
  );
  if (kept) return { picked: kept.picked, keptFrom: kept.proposal };
  if (candidates.length === 0) return undefined;
  const picked = candidates[Number(BigInt(`0x${seed}`) % BigInt(candidates.length))];
  return picked === undefined ? undefined : { picked };
}
