import { assigneeGroups } from '../../../domain/worklist';
import { useSession } from '../session';
import { useTexts } from '../texts';

interface Named {
  id: string;
  name: string;
}

/** By which name the console speaks of a clerk or a group. @param clerks those whom an answer of the api names */
export function useClerkNames(clerks: readonly Named[]): (id: string) => string {
  const { journey, worklist } = useTexts();
  const { clerk: me } = useSession();
  return (id) => {
    if (id === me.id) return journey.me;
    const group = assigneeGroups.find((one) => one === id);
    if (group) return worklist.assignees[group];
    return clerks.find((one) => one.id === id)?.name ?? journey.clerk(id.slice(0, 8));
  };
}
