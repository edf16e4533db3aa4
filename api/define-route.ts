import type { Readable } from 'node:stream';
import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import type { Subject } from '../db/clerks/actions';
import type { ClerkSession } from '../db/clerks/sessions';
import type { Clerk } from '../db/clerks/clerks';
import type { Session } from '../db/journeys/sessions';
import type { ClerkActionName } from '../domain/clerk-actions';
import type { ClerkRight } from '../domain/clerks';
import type { ClerkAction } from '../db/clerks/actions';
import type { VerifiedRequest } from '../registry/request-signature';
import type { ErrorCode } from './errors';
import type { JourneyRow } from '../db/tables';

/** The callers of a route, and how they prove their identity. Every route has one. */
export type Audience =
  /** Anyone: nothing of a person, nothing that changes. */
  | 'public'
  /** A phone that is not signed in yet, with an authorization code of the channel. */
  | 'visitor'
  /** The mini-program, by its session token. */
  | 'mini-app'
  /** The mini-program, for the journey in the path that its session holds: any other is not found. */
  | 'journey-holder'
  /** A registration system, by its signature. */
  | 'registration-system'
  /** Monitoring, by a token of the configuration; nobody if there is no token. */
  | 'operator'
  /** A clerk who is not signed in yet, with login and password. */
  | 'clerk-visitor'
  /** A clerk whose role has the route's right, by a session cookie, and by a token against CSRF where something changes. */
  | 'clerk';

/** The audience of a route, and for clerks the right that it needs. Calls by clerks are recorded under the action's name. */
type Access =
  | { audience: Exclude<Audience, 'clerk-visitor' | 'clerk'>; action?: undefined }
  | { audience: 'clerk-visitor'; action: ClerkActionName }
  | { audience: 'clerk'; right: ClerkRight; action: ClerkActionName };

/** The record of a clerk's call. A handler adds what its route does not know. */
interface AuditEntry {
  clerk?: string;
  subject?: Subject;
  /** Why personal data is looked at. */
  reason?: ClerkAction['reason'];
  /** The result of the call, if it is not `done`. */
  result?: 'proposed';
}

/** From where a call comes. */
export interface Client {
  /** As a pseudonym. */
  network: string;
  cookie: (name: string) => string | undefined;
}

/** The argument of a handler: the parsed request, and its caller. */
export interface RequestContext<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** The id of this request, in the answer's header and in the log. */
  requestId: string;
  idempotencyKey: string;
  /** Of a page that takes up a stream of events again: the last one that it got, or nothing. */
  lastEventId: string;
  /** For `mini-app` and `journey-holder`. */
  session: Session;
  /** For `journey-holder`. */
  journey: JourneyRow;
  /** For `registration-system`. */
  sender: VerifiedRequest;
  /** For `clerk`. */
  clerk: Clerk;
  clerkSession: ClerkSession;
  /** For `clerk-visitor` and `clerk`. */
  audit: AuditEntry;
  /** For `clerk-visitor` and `clerk`. */
  client: Client;
  now: Date;
}

/** The responses of a route, by status: JSON of a schema, content of a media type, or nothing. */
type Responses = Readonly<Record<number, { description: string; schema?: z.ZodType; mediaType?: string }>>;

export interface ApiResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

/** The responses that a route declares. */
export type ResponseOf<R extends Responses> = {
  [S in keyof R & number]: Pick<ApiResponse, 'headers'> & { status: S } & BodyOf<R[S]>;
}[keyof R & number];

type BodyOf<D> = D extends { schema: infer S extends z.ZodType }
  ? { body: Unchanged<z.input<S>> }
  : D extends { mediaType: string }
    ? { body: Buffer | Readable | string }
    : { body?: undefined };

/** A body may be put together from constants, which nobody changes. */
type Unchanged<T> = { readonly [K in keyof T]: Unchanged<T[K]> };

/** `Given`, impossible where it has a field that `Declared` has not. TypeScript itself finds such fields only where they are spelled out. */
type Exactly<Given, Declared> = Given extends Buffer | Readable
  ? Given
  : Given extends readonly (infer Item)[]
    ? readonly Exactly<Item, ItemOf<Declared>>[]
    : Given extends object
      ? { [K in keyof Given]: K extends KeyOf<Declared> ? Exactly<Given[K], ValueOf<Declared, K>> : never }
      : Given;
type ItemOf<T> = T extends readonly (infer Item)[] ? Item : never;
type KeyOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

interface Served {
  method: 'get' | 'post' | 'put';
  path: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Media types of a body that the handler gets as it came, as a Buffer. Every other body is JSON. */
  mediaTypes?: readonly string[];
  /** Largest body in bytes, 64 KB unless given. */
  limit?: number;
  /** For `clerk`: a second factor was shown within the last five minutes (domain/clerks.ts). */
  reauthenticated?: true;
  /** For `clerk` and `clerk-visitor`: pages call it by themselves. It keeps no session alive, and only a refusal is recorded. */
  background?: true;
  /** Whether a repeated request is recognised by its Idempotency-Key. */
  idempotent?: true;
  /** Error codes beside those that every route of this kind may respond with (api/declared-errors.ts). */
  errors?: readonly ErrorCode[];
  /** Fields beside the error in the body of an error response, by status. */
  errorExtras?: Readonly<Partial<Record<number, Record<string, z.ZodType>>>>;
  responses: Responses;
}

/** The handlers of a route. They are methods, so that a route with narrower parameters is a `Route` as well. */
interface Handlers<P, Q, B, A> {
  /** For `clerk`: what a request is about, as it is recorded, also where the request is rejected. */
  subject?(request: { params: P; query: Q }): Subject | undefined;
  /** For `clerk`: throws what refuses the request whatever its body is, before the body is read. */
  admit?(request: { params: P; clerk: Clerk; now: Date }): Promise<unknown>;
  handle(request: RequestContext<P, Q, B>): Promise<A>;
}

export type Route = Served & Access & Handlers<unknown, unknown, unknown, ApiResponse>;
export type ClerkRoute = Extract<Route, { audience: 'clerk' }>;

/**
 * One route, read in this order: where, who, what comes in, what goes out, what happens. A handler that returns a status or a body that
 * `responses` does not declare does not compile.
 */
export function defineRoute<
  const R extends Responses,
  const A extends ResponseOf<R>,
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
>(
  route: Served & { params?: P; query?: Q; body?: B; responses: R } & Access &
    Handlers<z.output<P>, z.output<Q>, z.output<B>, A & Exactly<A, ResponseOf<R>>>,
): Route {
  return route;
}

export type Context = ParameterizedContext<{
  requestId: string;
  route: string;
  audit: AuditEntry;
  /** Where the client is, as a pseudonym. */
  network: string;
  /** Has a request whose signature is verified count for its key and no longer for its network. */
  countByKey: (keyId: string) => Promise<void>;
}>;
