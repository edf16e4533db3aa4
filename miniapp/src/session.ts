import Taro from '@tarojs/taro';
import { call } from './api';
import { apiRequest, randomKey } from './api-request';
import { forgetHandover, keptHandover } from './handover';
import { keepSessionToken } from './session-token';

const DEVICE = 'device';

/**
 * Signs the account in with Alipay's authorization code. The session replaces the one before.
 * @returns whether it is the session of the computer whose QR code opened this phone; undefined if none did
 */
export async function signInWith(authCode: string): Promise<'accepted' | 'rejected' | undefined> {
  const code = keptHandover();
  const phone = { channel: 'alipay', authCode, device: device() } as const;
  const body = { ...phone, ...(code && { handover: code }) };
  const { token, handover } = await call(apiRequest('POST', '/api/sessions', { body }));
  keepSessionToken(token);
  forgetHandover();
  return handover;
}

/** Identifies this phone: clerks look at a phone that serves many persons. */
function device(): string {
  const known = Taro.getStorageSync<string>(DEVICE);
  if (known) return known;
  const made = randomKey();
  Taro.setStorageSync(DEVICE, made);
  return made;
}
