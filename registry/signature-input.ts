import { z } from 'zod';
import { refuse } from './signature-error';
import { LONGEST_LIFETIME, SIGNATURE_LABEL } from './signature-profile';

// The library takes any of several signatures, a component with parameters (`"content-digest";key="md5"`) for the component
// itself, tokens and dates for texts and integers, and never says what was covered. Therefore what comes to it is narrowed
// down here: one signature, its components bare, its parameters integers and plain texts.
const INPUT = new RegExp(
  `^${SIGNATURE_LABEL}=\\((?<components>[^()]*)\\)(?<parameters>(?:;[a-z]+=(?:\\d{1,12}|"[ !#-[\\]-~]*"))*)$`,
);

const parametersSchema = z.strictObject({
  created: z.int(),
  expires: z.int(),
  nonce: z.string().min(16).max(128),
  keyid: z.string().min(1),
  alg: z.string(),
});

/** What a signature says of itself; times in seconds since 1970. */
export type SignatureParameters = z.infer<typeof parametersSchema>;

/**
 * Reads a Signature-Input header, which must cover exactly the components given and be good at this time: from 300 seconds
 * before its creation, since clocks differ, to its expiry, so for ten minutes at most.
 * @throws SignatureError
 */
export function readSignatureInput(
  input: string,
  expected: { components: readonly string[]; at: Date },
): SignatureParameters {
  const { components = '', parameters = '' } = INPUT.exec(input)?.groups ?? refuse('signature_malformed');
  const pairs = [...parameters.matchAll(/;([a-z]+)=(?:(\d+)|"([^"]*)")/g)].map(
    ([, name = '', number, text]) => [name, number === undefined ? text : Number(number)] as const,
  );
  const { success, data } = parametersSchema.safeParse(Object.fromEntries(pairs));
  // More pairs than names: one stands twice, and two readers may take different ones.
  if (!success || pairs.length > Object.keys(data).length) return refuse('signature_malformed');
  if (!isSameSet(components.split(' '), expected.components)) refuse('signature_components');
  checkTimes(data, expected.at.getTime() / 1000);
  return data;
}

function isSameSet(components: readonly string[], expected: readonly string[]): boolean {
  return (
    components.length === expected.length &&
    expected.every((component) => components.includes(`"${component}"`))
  );
}

function checkTimes({ created, expires }: SignatureParameters, now: number): void {
  if (expires < created || expires > created + LONGEST_LIFETIME) refuse('signature_lifetime');
  if (now > expires) refuse('signature_expired');
  if (now < created - LONGEST_LIFETIME) refuse('signature_not_yet_valid');
}
