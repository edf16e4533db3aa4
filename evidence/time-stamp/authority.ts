import { randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { readBounded } from '../bounded-answer';
import { TimeStampUnavailable } from './time-stamper';
import type { TimeStamper } from './time-stamper';
import { TimeStampInvalid, verifyTimeStamp } from './verification';
import type { TimeStampTrust } from './verification';

export interface TimeStampAuthority extends TimeStampTrust {
  url: string;
  timeoutMs: number;
  now: () => Date;
}

const SHA256 = '2.16.840.1.101.3.4.2.1';
const NONCE_BYTES = 16;
// A token with a long chain of certificates has some 10 KB.
const MOST_BYTES = 100_000;
// The authority's clock or ours is wrong beyond this.
const SKEW_MS = 5 * 60_000;

/** Asks a time-stamping authority (RFC 3161, over HTTP: section 3.4). */
export function createTimeStamper(authority: TimeStampAuthority): TimeStamper {
  const { url, timeoutMs, now } = authority;
  return {
    async stamp(hash) {
      const nonce = randomBytes(NONCE_BYTES);
      // The integer stays positive, and needs all of its bytes.
      nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
      const token = tokenIn(await ask(url, timeoutMs, requestOf(hash, nonce)));
      const stamp = await verifyTimeStamp(token, hash, authority).catch((error: unknown) => {
        throw error instanceof TimeStampInvalid ? new TimeStampUnavailable(error.code) : error;
      });
      if (!stamp.nonce?.equals(nonce)) throw new TimeStampUnavailable('time_stamp_nonce_differs');
      if (Math.abs(stamp.time.getTime() - now().getTime()) > SKEW_MS) {
        throw new TimeStampUnavailable('time_stamp_clock_differs');
      }
      return token;
    },
  };
}

function requestOf(hash: Buffer, nonce: Buffer): Buffer {
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({
        algorithmId: SHA256,
        algorithmParams: new asn1js.Null(),
      }),
      hashedMessage: new asn1js.OctetString({ valueHex: hash }),
    }),
    nonce: new asn1js.Integer({ valueHex: nonce }),
    certReq: true,
  });
  return Buffer.from(request.toSchema().toBER());
}

async function ask(url: string, timeoutMs: number, body: Buffer): Promise<Buffer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) throw new TimeStampUnavailable('time_stamp_authority_failed');
    const answer = await readBounded(response, MOST_BYTES);
    if (!answer) throw new TimeStampUnavailable('time_stamp_malformed');
    return answer;
  } catch (error) {
    throw error instanceof TimeStampUnavailable ? error : new TimeStampUnavailable(codeOf(error));
  }
}

function codeOf(error: unknown): string {
  const { name } = Object(error) as { name?: unknown };
  return name === 'TimeoutError' ? 'time_stamp_timeout' : 'time_stamp_unreachable';
}

/** The token in a TimeStampResp, as it came. @throws TimeStampUnavailable */
function tokenIn(response: Buffer): Buffer {
  const { result, offset } = asn1js.fromBER(response);
  const isWhole = offset === response.length && result instanceof asn1js.Sequence;
  const [about, token] = isWhole ? result.valueBlock.value : [];
  const [status] = about instanceof asn1js.Sequence ? about.valueBlock.value : [];
  if (!(status instanceof asn1js.Integer)) throw new TimeStampUnavailable('time_stamp_malformed');
  // 0 is granted, and 1 granted with modifications: RFC 3161, section 2.4.2.
  const isGranted = status.valueBlock.valueDec === 0 || status.valueBlock.valueDec === 1;
  if (!isGranted || !token) throw new TimeStampUnavailable('time_stamp_rejected');
  return Buffer.from(token.valueBeforeDecodeView);
}
