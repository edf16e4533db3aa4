/** So many journeys can be in one batch: more than a clerk can look over in a preview help nobody. */
export const MOST_IN_BATCH = 500;

/** So many are carried out by one request. */
export const BATCH_STEP = 10;
