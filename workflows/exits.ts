import type { PhoneState } from '../domain/decisions';

/** Exits from the main line of a journey: thrown where it leaves, caught where it continues. None of them leaves the workflow. */

/** The person entered again, with other data or from another session. What was verified before no longer counts. */
export class Reentered extends Error {}

/** The journey was started, but nobody entered. There is nothing to close. */
export class NeverEntered extends Error {}

/** No command came for so long that the journey ends. */
export class JourneyIdle extends Error {}

/** The journey ends here. `codes` tell the person why, and what to do. */
export class JourneyEnded extends Error {
  constructor(readonly codes: readonly string[] = []) {
    super('journey_ended');
  }
}

/** Back from one matter to the list of to-dos. `codes` tell the person why. */
export class BackToToDos extends Error {
  constructor(readonly codes: readonly string[] = []) {
    super('back_to_to_dos');
  }
}

/** From the online checks to the window, or back: the person chose it, or there is no online check. */
export class RouteChanged extends Error {
  constructor(readonly codes: readonly string[] = []) {
    super('route_changed');
  }
}

/** Two clerks accepted other evidence in place of the machine's checks. */
export class AcceptedByClerks extends Error {
  /**
   * @param decision the decision in which they accepted it
   * @param phone whether the person's phone is proven by it
   */
  constructor(
    readonly decision: string,
    readonly phone: PhoneState,
  ) {
    super('accepted_by_clerks');
  }
}
