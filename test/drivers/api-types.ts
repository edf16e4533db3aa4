// The types of what the drivers send and receive, derived from the api's own description, so that a wrong path, field or value of a field does
// not type-check. The api's description of clerks' routes is not generated; their schemas are in api/clerk/.
import type { z } from 'zod';
import type { clerkJourneyView } from '../../api/clerk/journey-view';
import type { creationSchema, requestSchema } from '../../api/clerk/passkey-schemas';
import type { sessionSchema } from '../../api/clerk/sessions';
import type { components, paths } from '../../miniapp/src/api-types';

type Schemas = components['schemas'];
export type Journey = Schemas['Journey'];
export type Step = Journey['step'];
export type ToDo = Schemas['ToDo'];

export type ClerkJourney = z.infer<typeof clerkJourneyView>;
export type ClerkSession = z.infer<typeof sessionSchema>;
export type PasskeyCreation = z.infer<typeof creationSchema>;
export type PasskeyRequest = z.infer<typeof requestSchema>;

/** The body of every response that is not 2xx. */
export interface ErrorBody {
  error: { code: string; detail?: string; issues?: { path: string; code: string }[] };
}

export type Method = 'GET' | 'POST';

/** The paths of the api that take this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][Lowercase<M>] extends object ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends PathOf<M>> = paths[P][Lowercase<M>];
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;

export type ResponseBody<M extends Method, P extends PathOf<M>> =
  Operation<M, P> extends { responses: infer Responses } ? Json<Responses[keyof Responses]> : never;

export type RequestBody<M extends Method, P extends PathOf<M>> =
  Operation<M, P> extends { requestBody: infer Body } ? Json<Body> : Record<string, never>;

/** The values of a path's parameters. */
export type PathParameters<M extends Method, P extends PathOf<M>> =
  Operation<M, P> extends { parameters: { path: infer Parameters extends Record<string, string> } }
    ? Parameters
    : Record<string, never>;

type JourneyPath<C extends string> = Extract<PathOf<'POST'>, `/api/journeys/{id}/${C}`>;

/** The end of the path of each command, after `/api/journeys/{id}/`. */
export type CommandPath = {
  [P in PathOf<'POST'>]: P extends `/api/journeys/{id}/${infer C}`
    ? ResponseBody<'POST', P> extends Journey
      ? C
      : never
    : never;
}[PathOf<'POST'>];

/** The body of a command without its revision. */
export type CommandBody<C extends CommandPath> = Omit<RequestBody<'POST', JourneyPath<C>>, 'revision'>;

export type CommandParameters<C extends CommandPath> = Omit<PathParameters<'POST', JourneyPath<C>>, 'id'>;

/** Any body of a mini-program's response, for callers who also expect errors. */
export type AnyBody = Partial<Journey & Schemas['ToDoDetails'] & ErrorBody & { toDos: ToDo[] }>;
