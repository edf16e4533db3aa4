import { AlipayError, asVendorCode } from './errors';

/** A part of an answer that Alipay signed, and the name it came under. */
export interface SignedAnswer {
  name: string;
  body: unknown;
}

/**
 * Takes from the text of an answer the member that Alipay signed, and believes nothing else in it.
 *
 * The SDK cuts the signed text out by searching for quoted words, which goes wrong for every `error_response`, for a
 * signature that is not last, for further members and for the word `"sign"` within a value. Here the members are found by
 * the structure of the text, the bytes of the wanted one are verified, and what was verified is what is parsed.
 *
 * @param names the members it may be, exactly one of which must be there.
 * @param verify whether `signature` (base64) is Alipay's over `content`.
 * @param certificate in certificate mode the serial number of Alipay's certificate: an answer that names another one, as after a
 *   renewal, is not verified by the key of this one.
 * @throws AlipayError alipay_answer_unreadable, alipay_answer_unverified
 */
export function readSignedAnswer(
  text: string,
  names: readonly string[],
  verify: (content: string, signature: string) => boolean,
  certificate?: string,
): SignedAnswer {
  const members = membersOf(text);
  const [name, ambiguous] = names.filter((candidate) => members.has(candidate));
  if (name === undefined || ambiguous !== undefined) throw new AlipayError('alipay_answer_unreadable');
  const content = members.get(name) ?? '';
  const signature: unknown = JSON.parse(members.get('sign') ?? 'null');
  const namesAnother =
    certificate !== undefined && certificate !== JSON.parse(members.get('alipay_cert_sn') ?? 'null');
  if (namesAnother && typeof signature === 'string') {
    throw new AlipayError('alipay_answer_unverified', { subCode: 'alipay-cert-not-known' });
  }
  // Alipay signs some answers as they were before its gateway escaped the slashes (AlipaySignature in alipay-sdk-java).
  const verified =
    typeof signature === 'string' &&
    [content, content.replaceAll('\\/', '/')].find((candidate) => verify(candidate, signature));
  if (!verified) throw new AlipayError('alipay_answer_unverified', { subCode: claimedCode(content) });
  return { name, body: JSON.parse(verified) };
}

// The gateway answers an unknown app id without signing, so the claim helps whoever looks for the cause.
function claimedCode(content: string): string | undefined {
  const { sub_code } = Object(JSON.parse(content)) as { sub_code?: unknown };
  return asVendorCode(sub_code);
}

/** The members of the object that `json` is, each as the text that stands for its value. */
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
      // Twice the same name: two readers may take different ones for the answer.
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

/** Where the string that opens at `from` closes. The text is known to be JSON, so it does. */
function endOfString(json: string, from: number): number {
  let at = from + 1;
  while (json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
  return at;
}
