import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { readError, RegistryUnreachable } from './api-error';
import type { RegistryApiError } from './api-error';
import type { components, paths } from './api-types';
import type { DeliveryStore } from './receiver';
import { signedHeaders } from './signature';
import type { SigningKey } from './signature';

type Schemas = components['schemas'];
/** A matter as it is pushed. */
export type Matter = Schemas['Matter'];
/** How a matter stands. */
export type MatterStanding = Schemas['MatterStanding'];
/** An event of the feed. Later versions may have events and fields that this type does not have. */
export type FedEvent = Schemas['FedEvent'];
/** Whom to invite, by which links. */
export type Invitations = Schemas['Invitations'];
export type AuthorityContact = Schemas['AuthorityContact'];
export type DocumentType = keyof NonNullable<
  paths['/api/registry/documents/{sha256}']['put']['requestBody']
>['content'];

type Method = 'get' | 'put' | 'post';
/** The paths that have a method. */
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: object }> ? P : never;
}[keyof paths];
type Operation<M extends Method, P extends keyof paths> = paths[P][M & keyof paths[P]];
type ParameterOf<O, K extends 'path' | 'query'> = O extends { parameters: Partial<Record<K, infer V>> }
  ? V
  : undefined;
type BodyOf<O> = O extends { requestBody?: infer R }
  ? R extends JsonContent<infer B>
    ? B
    : undefined
  : undefined;
type JsonContent<B> = { content: { 'application/json': B } };
type AnswerOf<O> = O extends { responses: infer R } ? JsonOf<R[keyof R]> : never;
type JsonOf<R> = R extends JsonContent<infer B> ? B : never;
/** What an operation needs; where it may be left out, it may be left out here. */
type Options<O> = Fields<{
  params: ParameterOf<O, 'path'>;
  query: ParameterOf<O, 'query'>;
  body: BodyOf<O>;
}>;
type Fields<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? ([T[K]] extends [undefined] ? never : K) : never]?: T[K];
};

export interface ClientSettings {
  /** Address of the identity check, as its operators publish it: it is part of what is signed. */
  baseUrl: string;
  key: SigningKey;
  /** How often a request is repeated that got no answer, or an answer to try later; 5 unless given. */
  retries?: number;
  /** Longest time of one try, in ms; 30 s unless given. */
  timeoutMs?: number;
  /** Waits so many ms between two tries. */
  wait?: (ms: number) => Promise<unknown>;
}

export interface RegistryClient {
  /**
   * Sends one signed request of the API's description. It may be repeated: no request of this API does something twice.
   * @throws RegistryApiError if it is refused
   * @throws RegistryUnreachable
   */
  call<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    options: Options<Operation<M, P>>,
  ): Promise<AnswerOf<Operation<M, P>>>;
  /** Pushes a version of a matter; the same again changes nothing. */
  pushMatter(externalId: string, matter: Matter): Promise<MatterStanding>;
  readMatter(externalId: string): Promise<MatterStanding>;
  withdrawMatter(externalId: string, version: number): Promise<void>;
  /** Uploads a document that matters name by its SHA-256. @returns the hash, in lower-case hexadecimal */
  uploadDocument(content: Buffer, mediaType: DocumentType): Promise<string>;
  /** The links by which persons who have not confirmed yet come to the newest version. */
  readInvitations(externalId: string): Promise<Invitations>;
  /**
   * Says that the portraits of these confirmations are archived, so that they are deleted at the identity check.
   * @param evidence numbers of the evidence, as `confirmation.confirmed` names them
   */
  acknowledgeArchived(externalId: string, version: number, evidence: string[]): Promise<void>;
  /**
   * Reads the event feed to its end, for a system that may have lost callbacks. `handle` gets the events in their order, and none that
   * came as a callback before, where `deliveries` are those of the receiver. `passed` is told how far reading has come, after each page.
   * @param after where reading ended last; '0' for the beginning
   * @returns where it ended
   */
  catchUp(
    after: string,
    taking: {
      deliveries: DeliveryStore;
      handle: (event: FedEvent) => Promise<void>;
      passed?: (after: string) => Promise<void>;
    },
  ): Promise<string>;
  /** Tells where people find an authority. */
  tellAuthority(code: string, contact: AuthorityContact): Promise<void>;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export function createRegistryClient(settings: ClientSettings): RegistryClient {
  const { key, retries = 5, timeoutMs = 30_000, wait: pause = wait } = settings;
  // The path of a proxy may stand there.
  const base = settings.baseUrl.replace(/\/+$/, '');

  async function send(method: string, url: string, body?: Buffer, mediaType?: string): Promise<unknown> {
    for (let tried = 0; ; tried += 1) {
      // Signed anew each time: a nonce counts once.
      const headers = signedHeaders({ method, url, body, mediaType }, key, new Date());
      const result = await attempt(method, url, headers, body, timeoutMs);
      if ('answer' in result) return result.answer;
      if (!result.isTransient || tried === retries) throw result.error;
      await pause(result.retryAfterMs ?? waitAfter(tried));
    }
  }

  const client: RegistryClient = {
    async call<M extends Method, P extends PathOf<M>>(
      method: M,
      path: P,
      options: Options<Operation<M, P>>,
    ): Promise<AnswerOf<Operation<M, P>>> {
      const {
        params = {},
        query = {},
        body,
      } = options as {
        params?: Record<string, string>;
        query?: Record<string, string | number>;
        body?: unknown;
      };
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(params[name] ?? ''),
      );
      const url = new URL(`${base}${filled}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      return (await send(method.toUpperCase(), url.href, content)) as AnswerOf<Operation<M, P>>;
    },
    pushMatter: (externalId, matter) =>
      client.call('put', '/api/registry/matters/{externalId}', { params: { externalId }, body: matter }),
    readMatter: (externalId) =>
      client.call('get', '/api/registry/matters/{externalId}', { params: { externalId } }),
    async withdrawMatter(externalId, version) {
      const path = '/api/registry/matters/{externalId}/withdrawal';
      await client.call('post', path, { params: { externalId }, body: { version } });
    },
    async uploadDocument(content, mediaType) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      await send('PUT', `${base}/api/registry/documents/${sha256}`, content, mediaType);
      return sha256;
    },
    readInvitations: (externalId) =>
      client.call('get', '/api/registry/matters/{externalId}/invitations', { params: { externalId } }),
    async acknowledgeArchived(externalId, version, evidence) {
      const path = '/api/registry/matters/{externalId}/archive-acknowledgement';
      await client.call('post', path, { params: { externalId }, body: { version, evidence } });
    },
    async catchUp(after, { deliveries, handle, passed }) {
      for (let place = after; ;) {
        const { events, next } = await client.call('get', '/api/registry/events', {
          query: { after: place },
        });
        if (events.length === 0) return place;
        for (const event of events) await deliveries.once(event.deliveryId, () => handle(event));
        place = next;
        await passed?.(place);
      }
    },
    async tellAuthority(code, contact) {
      await client.call('put', '/api/registry/authorities/{code}', { params: { code }, body: contact });
    },
  };
  return client;
}

type Result =
  | { answer: unknown }
  | { error: RegistryApiError | RegistryUnreachable; isTransient: boolean; retryAfterMs?: number };

async function attempt(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: Buffer | undefined,
  timeoutMs: number,
): Promise<Result> {
  try {
    const response = await fetch(url, {
      ...{ method, headers, body: body && new Uint8Array(body), redirect: 'error' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return { answer: JSON.parse(text) as unknown };
    const error = readError(response.status, text);
    if (!error) return { error: new RegistryUnreachable(response.status), isTransient: true };
    const retryAfter = Number(response.headers.get('retry-after'));
    return {
      error,
      isTransient: [408, 429].includes(response.status) || response.status >= 500,
      ...(retryAfter > 0 && { retryAfterMs: Math.min(retryAfter * 1000, LONGEST_WAIT_MS) }),
    };
  } catch (cause) {
    return { error: new RegistryUnreachable(cause), isTransient: true };
  }
}

/** Twice as long each time, and not at the same moment as all others. */
function waitAfter(tried: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** tried, LONGEST_WAIT_MS);
  return longest * (0.5 + Math.random() / 2);
}
