/** Returns `value`; if it is undefined, Koa responds with `status`, and the body names the missing thing by its code. */
export function orReject<T>(value: T | undefined, status: number, code: string): T {
  if (value === undefined) throw Object.assign(new Error(code), { status, expose: true });
  return value;
}
