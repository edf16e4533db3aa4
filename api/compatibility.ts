import { EXTENSIBLE } from './extensible';

/** A JSON Schema as it stands in an OpenAPI 3.1 description. */
interface Schema extends Partial<Record<Bound, number>> {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  pattern?: string;
  format?: string;
  [EXTENSIBLE]?: boolean;
}

type Content = Record<string, { schema: Schema }>;

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { content?: Content }>;
  security?: unknown;
}

type Operations = Record<string, Record<string, Operation>>;

/** An OpenAPI 3.1 description, as far as it is compared. */
export interface Description {
  info: { version: string };
  paths: Operations;
  webhooks?: Operations;
  components: { schemas: Record<string, Schema> };
}

const upperBounds = ['maxLength', 'maximum', 'maxItems'] as const;
const lowerBounds = ['minLength', 'minimum', 'minItems'] as const;
type Bound = (typeof upperBounds)[number] | (typeof lowerBounds)[number];

/** Who sends what is compared: a request must still be accepted, a response must still be understood. */
type Direction = 'sent to us' | 'sent by us';

/**
 * The changes of a description that break a client of the earlier one, each with its place. What a client sends must stay allowed:
 * nothing is removed, narrowed or newly required. What it gets must stay within what was said: nothing is widened or left out,
 * except for new fields, new callbacks, new error responses, and values of enumerations that may grow.
 */
export function breakingChanges(earlier: Description, now: Description): string[] {
  const changesOf = comparisonOf(earlier, now);
  return [
    ...operationChanges('', earlier.paths, now.paths, (place, before, after) => [
      ...parameterChanges(place, before, after, changesOf),
      ...bodyChanges(`${place} request`, before, after, 'sent to us', changesOf),
      ...responseChanges(place, before, after, 'sent by us', changesOf),
    ]),
    ...operationChanges('callback ', earlier.webhooks ?? {}, now.webhooks ?? {}, (place, before, after) => [
      ...bodyChanges(`${place} request`, before, after, 'sent by us', changesOf),
      ...responseChanges(place, before, after, 'sent to us', changesOf),
    ]),
  ];
}

type ChangesOf = (place: string, earlier: Schema, now: Schema, direction: Direction) => string[];

function operationChanges(
  kind: string,
  earlier: Operations,
  now: Operations,
  changesOf: (place: string, before: Operation, after: Operation) => string[],
): string[] {
  return Object.entries(earlier).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const place = `${kind}${method.toUpperCase()} ${path}`;
      const after = now[path]?.[method];
      if (!after) return [`${place}: removed`];
      const isSecured = JSON.stringify(before.security) === JSON.stringify(after.security);
      return [
        ...(isSecured ? [] : [`${place}: another security scheme`]),
        ...changesOf(place, before, after),
      ];
    }),
  );
}

function parameterChanges(
  place: string,
  before: Operation,
  after: Operation,
  changesOf: ChangesOf,
): string[] {
  const [earlier, now] = [before.parameters ?? [], after.parameters ?? []];
  const same = (one: { name: string; in: string }) => (other: { name: string; in: string }) =>
    one.name === other.name && one.in === other.in;
  return [
    ...earlier.flatMap((parameter) => {
      const where = `${place} parameter ${parameter.name}`;
      const current = now.find(same(parameter));
      if (!current) return [`${where}: removed`];
      const isRequiredNow = current.required === true && parameter.required !== true;
      return [
        ...(isRequiredNow ? [`${where}: required now`] : []),
        ...changesOf(where, parameter.schema, current.schema, 'sent to us'),
      ];
    }),
    ...now
      .filter((parameter) => parameter.required && !earlier.some(same(parameter)))
      .map(({ name }) => `${place} parameter ${name}: required now`),
  ];
}

function bodyChanges(
  place: string,
  { requestBody: before }: Operation,
  { requestBody: after }: Operation,
  direction: Direction,
  changesOf: ChangesOf,
): string[] {
  if (!before) return after?.required ? [`${place}: a body is required now`] : [];
  if (!after) return [`${place}: the body was removed`];
  return [
    ...(after.required && !before.required ? [`${place}: a body is required now`] : []),
    ...contentChanges(place, before.content, after.content, direction, changesOf),
  ];
}

function responseChanges(
  place: string,
  before: Operation,
  after: Operation,
  direction: Direction,
  changesOf: ChangesOf,
): string[] {
  const statuses = new Set([...Object.keys(before.responses), ...Object.keys(after.responses)]);
  return [...statuses].flatMap((status) => {
    const where = `${place} response ${status}`;
    const [earlier, now] = [before.responses[status], after.responses[status]];
    if (!earlier) return direction === 'sent by us' && Number(status) < 400 ? [`${where}: added`] : [];
    if (!now) return direction === 'sent to us' ? [`${where}: removed`] : [];
    return contentChanges(where, earlier.content ?? {}, now.content ?? {}, direction, changesOf);
  });
}

function contentChanges(
  place: string,
  earlier: Content,
  now: Content,
  direction: Direction,
  changesOf: ChangesOf,
): string[] {
  return Object.entries(earlier).flatMap(([type, { schema }]) => {
    const current = now[type];
    return current ? changesOf(place, schema, current.schema, direction) : [`${place}: ${type} removed`];
  });
}

function comparisonOf(earlier: Description, now: Description): ChangesOf {
  return (place, before, after, direction) =>
    direction === 'sent to us'
      ? outsideOf({ schema: before, of: earlier }, { schema: after, of: now }, place, direction)
      : outsideOf({ schema: after, of: now }, { schema: before, of: earlier }, place, direction);
}

interface Side {
  schema: Schema;
  of: Description;
}

function resolved({ schema, of }: Side): Side {
  if (schema.$ref === undefined) return { schema, of };
  const target = of.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
  if (!target) throw new Error(`The description has no ${schema.$ref}.`);
  return resolved({ schema: target, of });
}

/** Why a value that `inner` allows might not be allowed by `outer`, so that every value of the one would be a value of the other. */
function outsideOf(innerSide: Side, outerSide: Side, place: string, direction: Direction): string[] {
  const [inner, outer] = [resolved(innerSide), resolved(outerSide)];
  const compare = (one: Schema, other: Schema, where = place) =>
    outsideOf({ schema: one, of: inner.of }, { schema: other, of: outer.of }, where, direction);
  const choices = inner.schema.anyOf ?? inner.schema.oneOf;
  if (choices) return choices.flatMap((choice) => compare(choice, outer.schema));
  const outerChoices = outer.schema.anyOf ?? outer.schema.oneOf;
  if (outerChoices) {
    const results = outerChoices.map((choice) => compare(inner.schema, choice));
    return results.sort((one, other) => one.length - other.length)[0] ?? [];
  }
  return [
    ...typeChanges(inner.schema, outer.schema, place, direction),
    ...valueChanges(inner.schema, outer.schema, place, direction),
    ...formChanges(inner.schema, outer.schema, place, direction),
    ...fieldChanges(inner.schema, outer.schema, place, direction, compare),
    ...(inner.schema.items && outer.schema.items
      ? compare(inner.schema.items, outer.schema.items, `${place}[]`)
      : []),
  ];
}

/** `inner` is the earlier one of what is sent to us, and the present one of what is sent by us. */
function changed(what: string, inner: unknown, outer: unknown, direction: Direction): string {
  const [was, is] = direction === 'sent to us' ? [inner, outer] : [outer, inner];
  const words = (value: unknown) => (value === undefined ? 'any' : JSON.stringify(value));
  return `${what} was ${words(was)}, is ${words(is)}`;
}

function typeChanges(inner: Schema, outer: Schema, place: string, direction: Direction): string[] {
  if (outer.type === undefined) return [];
  const [given, allowed] = [[inner.type ?? []].flat(), [outer.type].flat()];
  const isAllowed = (type: string) =>
    allowed.includes(type) || (type === 'integer' && allowed.includes('number'));
  return given.length > 0 && given.every(isAllowed)
    ? []
    : [`${place}: ${changed('type', inner.type, outer.type, direction)}`];
}

function valueChanges(inner: Schema, outer: Schema, place: string, direction: Direction): string[] {
  const valuesOf = (schema: Schema) => schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  const [given, allowed] = [valuesOf(inner), valuesOf(outer)];
  if (!allowed || (direction === 'sent by us' && outer[EXTENSIBLE])) return [];
  if (!given) return [`${place}: ${changed('values', given, allowed, direction)}`];
  const verb = direction === 'sent to us' ? 'removed' : 'added';
  return given
    .filter((value) => !allowed.includes(value))
    .map((value) => `${place}: value ${JSON.stringify(value)} ${verb}`);
}

function formChanges(inner: Schema, outer: Schema, place: string, direction: Direction): string[] {
  const exceeds = (bound: Bound, isBeyond: (given: number, allowed: number) => boolean) => {
    const [given, allowed] = [inner[bound], outer[bound]];
    return allowed !== undefined && (given === undefined || isBeyond(given, allowed));
  };
  const differs = (name: 'pattern' | 'format') => outer[name] !== undefined && inner[name] !== outer[name];
  const places = [
    ...upperBounds.filter((bound) => exceeds(bound, (given, allowed) => given > allowed)),
    ...lowerBounds.filter((bound) => exceeds(bound, (given, allowed) => given < allowed)),
    ...(['pattern', 'format'] as const).filter(differs),
  ];
  return places.map((name) => `${place}: ${changed(name, inner[name], outer[name], direction)}`);
}

function fieldChanges(
  inner: Schema,
  outer: Schema,
  place: string,
  direction: Direction,
  compare: (inner: Schema, outer: Schema, place: string) => string[],
): string[] {
  const isSent = direction === 'sent to us';
  const missing = (outer.required ?? []).filter((name) => !inner.required?.includes(name));
  const fields = Object.entries(inner.properties ?? {}).flatMap(([name, schema]) => {
    const allowed = outer.properties?.[name];
    if (allowed) return compare(schema, allowed, `${place}.${name}`);
    // A client ignores fields that it does not know; we refuse them.
    return isSent && outer.additionalProperties === false ? [`${place}.${name}: removed`] : [];
  });
  const reason = isSent ? 'required now' : 'no longer always there';
  const gone = isSent
    ? []
    : Object.keys(outer.properties ?? {}).filter(
        (name) => inner.properties?.[name] === undefined && !missing.includes(name),
      );
  return [
    ...missing.map((name) => `${place}.${name}: ${reason}`),
    ...gone.map((name) => `${place}.${name}: removed`),
    ...fields,
  ];
}
