import { z } from 'zod';

/** Marks an enumeration in the API's description to which values may be added without a new version of the interface. */
export const EXTENSIBLE = 'x-extensible-enum';

/** An enumeration of responses and callbacks that may get more values: a client takes an unknown one for something new. */
export function mayGrow<const V extends readonly [string, ...string[]]>(values: V) {
  return z.enum(values).meta({ [EXTENSIBLE]: true });
}
