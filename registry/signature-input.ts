import { z } from 'zod';
import { rejectSignature } from './signature-error';
import type { SignatureIssue } from './signature-error';
import { MAX_LIFETIME_SECONDS, SIGNATURE_LABEL } from './signature-profile';

// The library accepts any one of several signatures. It takes a component with parameters (`"content-digest";key="md5"`) for the
// plain component, and tokens and dates for texts and integers. It does not report the covered components. So this file lets only
// one form pass: one signature, components without parameters, and parameters that are integers or plain texts. What does not have
// that form and can still be taken apart is taken apart here, only to name the place.
const INPUT = new RegExp(
  `^${SIGNATURE_LABEL}=\\((?<components>[^()]*)\\)(?<parameters>(?:;[a-z]+(?:=(?:"[^"]*"|[^;,"()]*))?)*)$`,
);
const INTEGER = /^\d{1,12}$/;
const TEXT = /^"[ !#-[\]-~]*"$/;

const parametersSchema = z.strictObject({
  created: z.int(),
  expires: z.int(),
  nonce: z.string().min(16).max(128),
  keyid: z.string().min(1),
  alg: z.string(),
});

/** The parameters of a signature. Times are in seconds since 1970. */
export type SignatureParameters = z.infer<typeof parametersSchema>;

/** The names of the algorithms of RFC 9421 that keys may have. */
export const EXPECTED_ALGORITHMS = '"ed25519" or "ecdsa-p256-sha256", as the key is registered';

const SECONDS = 'seconds since 1970, an integer';
const expectedParameters: Record<keyof SignatureParameters, string> = {
  created: SECONDS,
  expires: SECONDS,
  nonce: 'a text of 16 to 128 characters, new for every request',
  keyid: 'the id of the key, a text in double quotes',
  alg: EXPECTED_ALGORITHMS,
};
const parameterNames = Object.keys(expectedParameters) as (keyof SignatureParameters)[];

/** The place of a component or parameter in the issues of a signature. */
export function placeOf(name: string): string {
  return `signature-input.${name}`;
}

/**
 * Reads a Signature-Input header. It must cover exactly the expected components and be valid at `expected.at`. A signature is valid
 * from 300 seconds before its creation (because clocks differ) until its expiry, so for ten minutes at most.
 * @throws SignatureError with all issues of components and parameters, or with that of the times
 */
export function readSignatureInput(
  input: string,
  expected: { components: readonly string[]; at: Date },
): SignatureParameters {
  const parts = INPUT.exec(input)?.groups;
  if (!parts) return rejectSignature('signature_malformed', formIssue(expected.components));
  const pairs = [...(parts.parameters ?? '').matchAll(/;([a-z]+)(?:=("[^"]*"|[^;]*))?/g)].map(
    ([, name = '', value = '']) => [name, valueOf(value)] as const,
  );
  const { success, data } = parametersSchema.safeParse(Object.fromEntries(pairs));
  const names = pairs.map(([name]) => name);
  const covered = componentIssues(parts.components?.split(' ') ?? [], expected.components);
  // With a repeated name, two parsers may read different values.
  if (!success || names.length > Object.keys(data).length) {
    return rejectSignature('signature_malformed', ...parameterIssues(pairs), ...covered);
  }
  if (covered.length > 0) rejectSignature('signature_components', ...covered);
  checkTimes(data, Math.floor(expected.at.getTime() / 1000));
  return data;
}

function valueOf(written: string): string | number | undefined {
  if (INTEGER.test(written)) return Number(written);
  return TEXT.test(written) ? written.slice(1, -1) : undefined;
}

function formIssue(components: readonly string[]): SignatureIssue {
  const covered = components.map((name) => `"${name}"`).join(' ');
  const parameters = 'created=<seconds>;expires=<seconds>;nonce="<text>";keyid="<text>";alg="<text>"';
  const expected = `one signature: ${SIGNATURE_LABEL}=(${covered});${parameters}`;
  return { path: 'signature-input', code: 'wrong_form', expected };
}

function parameterIssues(pairs: readonly (readonly [string, unknown])[]): SignatureIssue[] {
  const issues = parameterNames.flatMap((name): SignatureIssue[] => {
    const values = pairs.filter(([given]) => given === name).map(([, value]) => value);
    const issue = { path: placeOf(name), expected: expectedParameters[name] };
    if (values.length === 0) return [{ ...issue, code: 'missing' }];
    if (values.length > 1) return [{ ...issue, code: 'repeated' }];
    return parametersSchema.shape[name].safeParse(values[0]).success
      ? []
      : [{ ...issue, code: 'wrong_form' }];
  });
  const known: readonly string[] = parameterNames;
  if (pairs.every(([name]) => known.includes(name))) return issues;
  // Without the name: it may hold anything.
  const expected = `only the parameters ${parameterNames.join(', ')}`;
  return [...issues, { path: 'signature-input', code: 'not_expected', expected }];
}

function componentIssues(written: readonly string[], expected: readonly string[]): SignatureIssue[] {
  const issues = expected.flatMap((name): SignatureIssue[] => {
    const count = written.filter((one) => one === `"${name}"`).length;
    const place = { path: placeOf(name) };
    if (count === 0) {
      return [{ ...place, code: 'missing', expected: `"${name}" among the covered components` }];
    }
    if (count === 1) return [];
    return [{ ...place, code: 'repeated', expected: `"${name}" once among the covered components` }];
  });
  const all = expected.map((name) => `"${name}"`);
  // No component at all is one empty text.
  if (written.every((one) => all.includes(one)) || written.join('') === '') return issues;
  return [
    ...issues,
    {
      path: 'signature-input',
      code: 'not_expected',
      expected: `only ${all.join(' ')} as covered components`,
    },
  ];
}

function checkTimes({ created, expires }: SignatureParameters, now: number): void {
  const lifetime = MAX_LIFETIME_SECONDS;
  if (expires < created || expires > created + lifetime) {
    const expected = `created and up to ${lifetime} more`;
    rejectSignature('signature_lifetime', { path: placeOf('expires'), code: 'wrong_value', expected });
  }
  if (now > expires) {
    const expected = `at least ${now}, the time of this server`;
    rejectSignature('signature_expired', { path: placeOf('expires'), code: 'stale', expected });
  }
  if (now < created - lifetime) {
    const expected = `at most ${now + lifetime}, ${lifetime} after the time of this server`;
    rejectSignature('signature_not_yet_valid', {
      path: placeOf('created'),
      code: 'in_the_future',
      expected,
    });
  }
}
