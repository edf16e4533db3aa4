import { prepared } from '../prepared';

/** Full paths of the programs. */
export function prometheusPrograms(): { prometheus: string; promtool: string } {
  return prepared('prometheus');
}
