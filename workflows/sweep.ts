import { setCurrentDetails } from '@temporalio/workflow';
import { sweeps } from './activities';

/**
 * Finds what the database says should have happened and did not, and what has lost its workflow, and puts it right. Run by a
 * schedule; its result is how much that was.
 */
export async function sweep(): Promise<{ matters: number; journeys: number }> {
  const [matters, journeys] = [await sweeps.sweepMatters(), await sweeps.sweepJourneys()];
  setCurrentDetails(`matters: ${matters}\n\njourneys: ${journeys}`);
  return { matters, journeys };
}
