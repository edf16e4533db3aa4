import { PROOF_VALIDITY_MS } from './limits';
import type { Command, Commands } from './steps';

/** The payload of a command, and its sender: references, codes and times, and no personal data. */
export type CommandPayload<C extends Command> = Commands[C] & {
  /** The session's id, of a person's command. Clerks name themselves in the command. */
  session?: string;
  /** The revision of the view on which the person gave it; missing means any. */
  expectedRevision?: number;
};

/**
 * A command as the api sends it to a journey: the only argument of the Update that is named after it. Anybody who can write to Temporal can
 * send one, but only the api can prove it (platform/command-proof.ts), and without a proof it moves nothing.
 */
export interface ProvenCommand<C extends Command = Command> {
  /** The journey, which is also the workflow's id. */
  journey: string;
  /** The Update's id, which is also that of the sealed input that a command names. */
  id: string;
  command: C;
  payload: CommandPayload<C>;
  /** When it was made; ms since 1970. */
  at: number;
  /** Over all of the above. The worker removes one that is not true before a workflow sees it. */
  proof?: string;
}

/**
 * Whether a command that reached a journey was made for it, and lately. A command made for another journey, or under another Update's id, was
 * read in a history and sent again.
 * @param sent the argument as it came, of any form; a proof that is still in it is true
 * @param to the journey and Update as which it came, and when
 */
export function isProvenFor(
  sent: Partial<ProvenCommand> | null | undefined,
  to: Pick<ProvenCommand, 'journey' | 'id' | 'command'> & { now: number },
): boolean {
  return (
    typeof sent?.proof === 'string' &&
    sent.journey === to.journey &&
    sent.id === to.id &&
    sent.command === to.command &&
    typeof sent.at === 'number' &&
    to.now - sent.at < PROOF_VALIDITY_MS
  );
}
