import type { PhoneState } from '../domain/decisions';

/**
 * Where the main line of a journey is turned aside: thrown where it happens, caught where the way goes on. None of them
 * leaves the workflow.
 */

/** The person entered again, with other data or from another session: what was verified no longer counts. */
export class Reentered extends Error {}

/** A journey was begun, and nobody entered: there is nothing to close. */
export class NeverEntered extends Error {}

/** Nothing was said for so long that the journey ends. */
export class JourneyIdle extends Error {}

/** The journey ends here; `codes` tell the person why and what to do. */
export class JourneyEnded extends Error {
  constructor(readonly codes: readonly string[] = []) {
    super('over');
  }
}

/** Back from one matter to the list of all. */
export class BackToToDos extends Error {
  constructor(readonly codes: readonly string[] = []) {
    super('back_to_to_dos');
  }
}

/** From the check online to the window, or back: by the person's choice, or because there is none online. */
export class RouteChanged extends Error {
  constructor(readonly codes: readonly string[] = []) {
    super('other_route');
  }
}

/** Two clerks accepted other evidence in place of the checks by machine, by this decision; whether they know the phone. */
export class AcceptedByClerks extends Error {
  constructor(
    readonly decision: string,
    readonly phone: PhoneState,
  ) {
    super('accepted');
  }
}
