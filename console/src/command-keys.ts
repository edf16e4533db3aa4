import { isOutcomeUnknown } from './client';

/**
 * Keys of a form's commands. While it is not known what became of a command, the same content goes out under the same key, so that
 * it is never done twice; everything else is a new command.
 */
export function createCommandKeys(newKey: () => string = () => crypto.randomUUID()) {
  let waiting: { content: string; key: string } | undefined;
  return {
    keyOf(body: object): string {
      const content = JSON.stringify(body);
      if (waiting?.content !== content) waiting = { content, key: newKey() };
      return waiting.key;
    },
    settle(error?: unknown): void {
      if (error === undefined || !isOutcomeUnknown(error)) waiting = undefined;
    },
  };
}
