import { personOf } from '../../db/journeys/journeys';
import type { JourneyRow } from '../../db/tables';
import { windowReasonOf } from '../../domain/documents';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import type { Command } from '../../domain/steps';
import type { ApiDependencies } from '../dependencies';

/** What leads to a face check. */
const faceCommands: readonly Command[] = ['start-face', 'go-online'];

/** Whether a person has no face check, because of their document or age: they confirm everything at the window. */
export function isOnlyAtWindow({ faceDocuments, now }: ApiDependencies, person: EnteredPerson): boolean {
  return windowReasonOf(person, faceDocuments, shanghaiDay(now())) !== undefined;
}

/** The commands of a stop without those that lead to a face check. */
export function withoutFaceChecks(allowed: readonly Command[]): Command[] {
  return allowed.filter((command) => !faceCommands.includes(command));
}

/** Whether a command leads to a face check that the person of the journey does not have. */
export async function hasNoSuchCheck(
  dependencies: ApiDependencies,
  journey: JourneyRow,
  command: Command,
): Promise<boolean> {
  if (!faceCommands.includes(command)) return false;
  const { store } = dependencies;
  const person = await personOf(store, store.knex, journey);
  return person !== undefined && isOnlyAtWindow(dependencies, person);
}
