import Taro from '@tarojs/taro';
import { call } from './api';
import { apiRequest, randomKey } from './api-request';
import { keepSessionToken } from './session-token';

const DEVICE = 'device';

/** Signs the account in with Alipay's authorization code. The session replaces the one before. */
export async function signInWith(authCode: string): Promise<void> {
  const body = { channel: 'alipay', authCode, device: device() } as const;
  const { token } = await call(apiRequest('POST', '/api/sessions', { body }));
  keepSessionToken(token);
}

/** Identifies this phone: clerks look at a phone that serves many persons. */
function device(): string {
  const known = Taro.getStorageSync<string>(DEVICE);
  if (known) return known;
  const made = randomKey();
  Taro.setStorageSync(DEVICE, made);
  return made;
}
