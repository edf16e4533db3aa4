/** An error whose sentence tells a person all they need: it is printed as it stands, without a stack. */
export class UserError extends Error {}

/** What to print for any error. */
export function userMessageOf(error) {
  return error instanceof UserError ? error.message : (error?.stack ?? String(error));
}
