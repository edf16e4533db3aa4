/** An error whose sentence tells a person all they need: it is printed as it stands, without a stack. */
export class Refusal extends Error {}

/** What to print for any error. */
export function sentenceOf(error) {
  return error instanceof Refusal ? error.message : (error?.stack ?? String(error));
}
