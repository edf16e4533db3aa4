import type { AcceptanceKind } from '../../domain/decisions';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { checksFor, NO_END, saysValidity } from '../../domain/window-check';
import type { Seen } from '../../domain/window-check';

/** What a clerk has seen who has compared everything. */
export function seenAt(acceptance: AcceptanceKind, withinMatter = false): Seen {
  return {
    checks: checksFor(acceptance, withinMatter),
    ...(saysValidity(acceptance) && { validUntil: NO_END }),
  };
}

/** The same, as it goes to the journey. */
export function sealedAcceptance(
  acceptance: AcceptanceKind,
  windowCode?: string,
): SealedInputOf<'acceptance'> {
  return { kind: 'acceptance', seen: seenAt(acceptance), ...(windowCode !== undefined && { windowCode }) };
}
