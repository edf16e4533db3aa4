import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import type { JourneyRow } from '../db/journeys';
import type { Session } from '../db/sessions';
import type { VerifiedRequest } from '../registry/request-signature';

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
  | 'operator';

/** What a handler is given: everything parsed, and who calls. */
export interface Call<P, Q, B> {
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
  now: Date;
}

export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Route {
  method: 'get' | 'post' | 'put';
  path: string;
  summary: string;
  audience: Audience;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Largest body in bytes, 64 KB unless given. */
  limit?: number;
  /** Whether a repeat is known by its Idempotency-Key. */
  idempotent?: true;
  answers: Record<number, { description: string; schema?: z.ZodType; mediaType?: string }>;
  handle: (call: never) => Promise<Answer>;
}

/** One route, read in this order: where, who, what comes in, what goes out, what happens. */
export function defineRoute<
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
>(
  route: Omit<Route, 'params' | 'query' | 'body' | 'handle'> & {
    params?: P;
    query?: Q;
    body?: B;
    handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer>;
  },
): Route {
  return route;
}

export type Context = ParameterizedContext<{ requestId: string; route: string }>;
