const turns = new Map<string, Promise<unknown>>();

/** Requests about one claim reach the api in the order in which they were made; one without others before it is sent at once. */
export async function inTurn<T>(journey: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(journey);
  const turn = before ? before.then(work, work) : work();
  turns.set(journey, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(journey) === turn) turns.delete(journey);
  }
}

/** Waits for the requests that are on their way: what is just being given back is free then. */
export async function afterTurns(): Promise<void> {
  await Promise.allSettled([...turns.values()]);
}
