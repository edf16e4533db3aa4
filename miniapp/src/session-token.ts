import Taro from '@tarojs/taro';

const SESSION_TOKEN = 'session-token';

/** The token of this phone's session, kept on the phone; undefined before signing in. */
export function sessionToken(): string | undefined {
  return Taro.getStorageSync<string>(SESSION_TOKEN) || undefined;
}

export function keepSessionToken(token: string): void {
  Taro.setStorageSync(SESSION_TOKEN, token);
}

export function forgetSessionToken(): void {
  Taro.removeStorageSync(SESSION_TOKEN);
}
