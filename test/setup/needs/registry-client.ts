import { prepared } from '../prepared';

/** The folder of the client for registration systems, compiled. */
export function registryClient(): string {
  return prepared('registry-client');
}
