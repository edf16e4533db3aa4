/** An error with a message for the user. It is printed without a stack. */
export class UserError extends Error {}

/** The text to print for an error. */
export function userMessageOf(error) {
  return error instanceof UserError ? error.message : (error?.stack ?? String(error));
}
