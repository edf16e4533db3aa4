import { z } from 'zod';
import { rejectSignature } from './signature-error';
import { MAX_LIFETIME_SECONDS, SIGNATURE_LABEL } from './signature-profile';

// The library accepts any one of several signatures. It takes a component with parameters (`"content-digest";key="md5"`) for the
// plain component, and tokens and dates for texts and integers. It does not report the covered components. So this file lets only
// one form pass: one signature, components without parameters, and parameters that are integers or plain texts.
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

/** The parameters of a signature. Times are in seconds since 1970. */
export type SignatureParameters = z.infer<typeof parametersSchema>;

/**
 * Reads a Signature-Input header. It must cover exactly the expected components and be valid at `expected.at`. A signature is valid
 * from 300 seconds before its creation (because clocks differ) until its expiry, so for ten minutes at most.
 * @throws SignatureError
 */
export function readSignatureInput(
  input: string,
  expected: { components: readonly string[]; at: Date },
): SignatureParameters {
  const { components = '', parameters = '' } =
    INPUT.exec(input)?.groups ?? rejectSignature('signature_malformed');
  const pairs = [...parameters.matchAll(/;([a-z]+)=(?:(\d+)|"([^"]*)")/g)].map(
    ([, name = '', number, text]) => [name, number === undefined ? text : Number(number)] as const,
  );
  const { success, data } = parametersSchema.safeParse(Object.fromEntries(pairs));
  // With a repeated name, two parsers may read different values.
  if (!success || pairs.length > Object.keys(data).length) return rejectSignature('signature_malformed');
  if (!isSameSet(components.split(' '), expected.components)) rejectSignature('signature_components');
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
  if (expires < created || expires > created + MAX_LIFETIME_SECONDS) rejectSignature('signature_lifetime');
  if (now > expires) rejectSignature('signature_expired');
  if (now < created - MAX_LIFETIME_SECONDS) rejectSignature('signature_not_yet_valid');
}
