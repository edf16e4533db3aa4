import { AlipayError, asVendorCode } from './errors';

/** The signed member of a response, with its name. */
export interface SignedResponse {
  name: string;
  body: unknown;
}

/**
 * Reads the member of a response that Alipay has signed, and ignores everything else.
 *
 * The SDK finds the signed text by a search for quoted words. This fails for every `error_response`, for a signature that is not
 * the last member, for additional members, and for the word `"sign"` inside a value. This function finds the members by the
 * structure of the JSON text, verifies the bytes of one member, and parses exactly those bytes.
 *
 * @param names the possible names of the signed member; exactly one of them must be present
 * @param verify whether `signature` (base64) is Alipay's signature over `content`
 * @param certificate in certificate mode, the serial number of Alipay's certificate. A response that names another certificate, for
 *   example after a renewal, cannot be verified with this certificate's key.
 * @throws AlipayError alipay_answer_unreadable, alipay_answer_unverified
 */
export function readSignedResponse(
  text: string,
  names: readonly string[],
  verify: (content: string, signature: string) => boolean,
  certificate?: string,
): SignedResponse {
  const members = membersOf(text);
  const [name, ambiguous] = names.filter((candidate) => members.has(candidate));
  if (name === undefined || ambiguous !== undefined) throw new AlipayError('alipay_answer_unreadable');
  const content = members.get(name) ?? '';
  const signature: unknown = JSON.parse(members.get('sign') ?? 'null');
  const namesAnotherCertificate =
    certificate !== undefined && certificate !== JSON.parse(members.get('alipay_cert_sn') ?? 'null');
  if (namesAnotherCertificate && typeof signature === 'string') {
    throw new AlipayError('alipay_answer_unverified', { subCode: 'alipay-cert-not-known' });
  }
  // Alipay signs some responses before its gateway escapes the slashes (AlipaySignature in alipay-sdk-java).
  const verified =
    typeof signature === 'string' &&
    [content, content.replaceAll('\\/', '/')].find((candidate) => verify(candidate, signature));
  if (!verified) throw new AlipayError('alipay_answer_unverified', { subCode: claimedCode(content) });
  return { name, body: JSON.parse(verified) };
}

// The gateway does not sign its response to an unknown app id. The unverified code still helps an operator to find the cause.
function claimedCode(content: string): string | undefined {
  const { sub_code } = Object(JSON.parse(content)) as { sub_code?: unknown };
  return asVendorCode(sub_code);
}

/** The members of the JSON object `json`: each name with the text of its value. */
function membersOf(json: string): Map<string, string> {
  if (!isObject(json)) throw new AlipayError('alipay_answer_unreadable');
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | undefined;
  let valueFrom = 0;
  for (let at = 0; at < json.length; at += 1) {
    const char = json.charAt(at);
    if (char === '"') {
      const end = endOfString(json, at);
      if (depth === 1 && name === undefined) name = JSON.parse(json.slice(at, end + 1)) as string;
      at = end;
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
    }
    if (depth === 1 && char === ':') valueFrom = at + 1;
    if (name !== undefined && ((depth === 1 && char === ',') || depth === 0)) {
      // With a repeated name, two parsers may read different values.
      if (members.has(name)) throw new AlipayError('alipay_answer_unreadable');
      members.set(name, json.slice(valueFrom, at).trim());
      name = undefined;
    }
  }
  return members;
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Index of the closing quote of the string that opens at `from`. It exists, because the text is valid JSON. */
function endOfString(json: string, from: number): number {
  let at = from + 1;
  while (json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
  return at;
}
