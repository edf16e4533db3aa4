import type {
  AnyOptions,
  CommandOptions,
  CommandPath,
  Journey,
  Method,
  Operation,
  PathOf,
  RequestOptions,
} from './api-contract';

/** A request, and by its method and path the type of its response. */
export interface ApiRequest<M extends Method = Method, P extends PathOf<M> = PathOf<M>> {
  method: M;
  path: P;
  /** The path with its values filled in, and the query. */
  url: string;
  body?: object;
  /** However often the request is sent, the API acts on it once: it knows a repeat by this key. */
  key: string;
}

/** Makes a request. Its method and path decide which values, query and body it has: others do not compile. */
export function apiRequest<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  ...options: RequestOptions<Operation<M, P>>
): ApiRequest<M, P> {
  return build(method, path, ...options);
}

/** Makes a command of the journey that the person sees. */
export function commandRequest<P extends CommandPath>(
  { id, revision }: Journey,
  path: P,
  ...options: CommandOptions<Operation<'POST', P>>
): ApiRequest<'POST', P> {
  const [{ path: values, body } = {}]: [AnyOptions?] = options;
  return build('POST', path, { path: { id, ...values }, body: { revision, ...body } });
}

function build<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  { path: values = {}, query = {}, body }: AnyOptions = {},
): ApiRequest<M, P> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  // Alipay has no URLSearchParams.
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const url = pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled;
  return { method, path, url, body, key: randomKey() };
}

/** Names a request or a phone like no other. It is no secret. */
export function randomKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10).padEnd(8, '0')).join('');
}
