import { setCurrentDetails } from '@temporalio/workflow';
import { sweeps } from './activities';

/**
 * Compares the database with the workflows: finds matters that their workflow neglected, and rows whose workflow is gone, and
 * repairs them. Run by a schedule. @returns how many were repaired
 */
export async function sweep(): Promise<{ matters: number; journeys: number }> {
  const [matters, journeys] = [await sweeps.sweepMatters(), await sweeps.sweepJourneys()];
  setCurrentDetails(`matters: ${matters}\n\njourneys: ${journeys}`);
  return { matters, journeys };
}
