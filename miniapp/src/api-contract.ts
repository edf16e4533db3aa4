import type { components, paths } from './api-types';

// What the API takes and answers, by method and path, as it describes itself in api-types.ts.

type Schemas = components['schemas'];

export type Journey = Schemas['Journey'];
export type Step = Journey['step'];
export type Command = Journey['allowed'][number];
export type ToDo = Schemas['ToDo'];
export type ToDoDetails = Schemas['ToDoDetails'];
export type DocumentType = Schemas['DocumentType'];
export type LegalText = Schemas['LegalText'];
export type AuthorizedIdentity = Schemas['AuthorizedIdentity'];
export type WindowCode = Schemas['WindowCode'];
export type Complaint = Schemas['Complaint'];
export type ConfirmationRecord = Schemas['ConfirmationRecord'];
export type ConfirmationRecordDetails = Schemas['ConfirmationRecordDetails'];
export type EvidenceView = Schemas['EvidenceView'];
export type ErrorCode = Schemas['ErrorCode'];

export type Method = 'GET' | 'POST';

/** The paths that the API has for a method. */
export type PathOf<M extends Method> = M extends Method
  ? { [P in keyof paths]: paths[P] extends Record<Lowercase<M>, object> ? P : never }[keyof paths]
  : never;

export type Operation<M extends Method, P extends PathOf<M>> =
  paths[P] extends Record<Lowercase<M>, infer Described> ? Described : never;

type JsonOf<Content> = Content extends { content: { 'application/json': infer Json } } ? Json : never;

type SuccessOf<O> = O extends { responses: infer Responses } ? JsonOf<Responses[keyof Responses]> : never;

/** The body of the API's response when it accepts the request. */
export type ResponseOf<M extends Method, P extends PathOf<M>> = SuccessOf<Operation<M, P>>;

// `unknown` stands for what a request does not have.
type PathValues<O> = O extends { parameters: { path: infer Values extends object } } ? Values : unknown;
type Query<O> = O extends { parameters: { query?: infer Values } } ? Present<Values> : unknown;
type Present<T> = [T] extends [undefined] ? unknown : T;
type Body<O> = O extends { requestBody: infer Content extends object } ? JsonOf<Content> : unknown;

/** The values that the path of a request has. */
export type PathValuesOf<M extends Method, P extends PathOf<M>> = PathValues<Operation<M, P>>;

/** The body that a request has. */
export type BodyOf<M extends Method, P extends PathOf<M>> = Body<Operation<M, P>>;

type Option<Name extends string, Value> = unknown extends Value
  ? unknown
  : MayBeEmpty<Value> extends true
    ? { [N in Name]?: Value }
    : { [N in Name]: Value };

type MayBeEmpty<T> = Partial<T> extends T ? true : false;

/** The values of a path, the query and the body, whatever the path. */
export interface AnyOptions {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: object;
}

/** The last argument of a function: none where there are no options, optional where none of them is required. */
type LastArgument<Options> = Extract<
  unknown extends Options ? [] : MayBeEmpty<Options> extends true ? [options?: Options] : [options: Options],
  [options?: AnyOptions]
>;

export type RequestOptions<O> = LastArgument<
  Option<'path', PathValues<O>> & Option<'query', Query<O>> & Option<'body', Body<O>>
>;

/** The paths of commands: requests about one journey that name the revision that the person saw. */
export type CommandPath = {
  [P in PathOf<'POST'>]: P extends `/api/journeys/{id}/${string}`
    ? BodyOf<'POST', P> extends { revision: number }
      ? P
      : never
    : never;
}[PathOf<'POST'>];

/** What a command has beside the journey's id and revision. */
export type CommandOptions<O> = LastArgument<
  Option<'path', Omit<PathValues<O>, 'id'>> & Option<'body', Omit<Body<O>, 'revision'>>
>;

/** The paths of requests that change where the journey stands, or what the person has agreed to. */
export type SubmitPath =
  '/api/journeys' | '/api/journeys/{id}/consents' | '/api/journeys/{id}/attempt-requests' | CommandPath;
