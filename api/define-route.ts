import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import type { Subject } from '../db/clerks/actions';
import type { ClerkSession } from '../db/clerks/sessions';
import type { Clerk } from '../db/clerks/clerks';
import type { Session } from '../db/journeys/sessions';
import type { ClerkRight } from '../domain/clerks';
import type { VerifiedRequest } from '../registry/request-signature';
import type { ErrorCode } from './errors';
import type { JourneyRow } from '../db/tables';

/** Who may call a route, and how they show who they are. There is no route without. */
export type Audience =
  /** Anyone: nothing of a person, nothing that changes. */
  | 'public'
  /** Whoever comes with an authorization code of the channel. */
  | 'visitor'
  /** The mini-program, by its session token. */
  | 'mini-app'
  /** The mini-program, for the journey in the path that its session holds: any other is not found. */
  | 'journey-holder'
  /** A registration system, by its signature. */
  | 'registration-system'
  /** Who watches over it, by a token of the configuration; without one nobody. */
  | 'operator'
  /** Whoever comes with a clerk's login and password. */
  | 'clerk-visitor'
  /** A clerk whose role has the route's right, by a session cookie, and by a token against CSRF where something changes. */
  | 'clerk';

/** Who may call a route of ours. What clerks call is recorded, by the action's name. */
type Access =
  | { audience: Exclude<Audience, 'clerk-visitor' | 'clerk'>; action?: undefined }
  | { audience: 'clerk-visitor'; action: string }
  | { audience: 'clerk'; right: ClerkRight; action: string };

/** What is to be recorded of a clerk's call; who knows more about it than its route adds to it. */
export interface AuditEntry {
  clerk?: string;
  subject?: Subject;
  /** What the call came to, where that is not `done`. */
  result?: 'proposed';
}

/** From where a call comes. */
export interface Client {
  /** As a pseudonym. */
  network: string;
  cookie: (name: string) => string | undefined;
}

/** What a handler is given: everything parsed, and who calls. */
export interface RequestContext<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** The id of this request, in the answer's header and in the log. */
  requestId: string;
  idempotencyKey: string;
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
  /** For `clerk-visitor`. */
  client: Client;
  now: Date;
}

export interface ApiResponse {
  status?: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

interface Served {
  method: 'get' | 'post' | 'put';
  path: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Largest body in bytes, 64 KB unless given. */
  limit?: number;
  /** Whether a repeat is known by its Idempotency-Key. */
  idempotent?: true;
  /** For `clerk`: what a call is about, refused ones included, as it is to be recorded. */
  subject?: (asked: never) => Subject | undefined;
  /** Codes of refusals that callers of such routes do not meet everywhere (api/refusals.ts). */
  errors?: readonly ErrorCode[];
  /** What may stand beside the error in an answer that refuses, by its status. */
  errorExtras?: Partial<Record<number, Record<string, z.ZodType>>>;
  responses: Record<number, { description: string; schema?: z.ZodType; mediaType?: string }>;
  handle: (call: never) => Promise<ApiResponse>;
}

export type Route = Served & Access;
export type ClerkRoute = Extract<Route, { audience: 'clerk' }>;

/** One route, read in this order: where, who, what comes in, what goes out, what happens. */
export function defineRoute<
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
>(
  route: Omit<Served, 'params' | 'query' | 'body' | 'subject' | 'handle'> &
    Access & {
      params?: P;
      query?: Q;
      body?: B;
      subject?: (asked: { params: z.output<P>; query: z.output<Q> }) => Subject | undefined;
      handle: (call: RequestContext<z.output<P>, z.output<Q>, z.output<B>>) => Promise<ApiResponse>;
    },
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
