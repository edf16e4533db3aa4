import type { AttemptLimits } from '../../domain/limits';

/** The defaults of the configuration, for tests in which the limits are not reached by chance. */
export const attemptLimits: AttemptLimits = {
  faceFailuresPerDay: 10,
  faceFailuresPerMatter: 5,
  checksStartedPerDay: 30,
  bankCardFailuresPerDay: 5,
};
