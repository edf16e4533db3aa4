/** `value`, or an answer with `status` that names what is missing. */
export function orReject<T>(value: T | undefined, status: number, code: string): T {
  if (value === undefined) throw Object.assign(new Error(code), { status, expose: true });
  return value;
}
