import { prepared } from '../prepared';

/** Path of HanaMinB.ttf. */
export function rareFont(): string {
  return prepared('rare-font');
}
