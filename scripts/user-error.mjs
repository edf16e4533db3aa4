/** An error with a message for the user. It is printed without a stack. */
export class UserError extends Error {}

/** What to print for any error. @param {unknown} error */
export function userMessageOf(error) {
  if (error instanceof UserError) return error.message;
  return error instanceof Error && error.stack ? error.stack : String(error);
}

/** The code of an error of the system, such as ENOENT. @param {unknown} error */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
