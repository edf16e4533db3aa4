import Taro from '@tarojs/taro';
import { call, keepSession, newKey } from './api';
import { platform } from './platform';

const DEVICE = 'device';

export interface Channel {
  /** Where a browser signs in, at the sandbox; elsewhere the phone itself gives the code. */
  authorizeUrl?: string;
  /** Of the messages that the person is asked to agree to. */
  messageTemplates?: readonly string[];
}

/** What is to be known of this channel before anybody is signed in. */
export async function channelOf(): Promise<Channel> {
  return platform.channel ? await call<Channel>('GET', `/api/channels/${platform.channel}`) : {};
}

/**
 * Signs the account in, unasked.
 * @returns false where it can't be, or the page is being left for it
 */
export async function signIn({ authorizeUrl }: Channel): Promise<boolean> {
  const code = await platform.authCode('auth_base', authorizeUrl);
  if (!code) return false;
  await signInWith(code);
  return true;
}

/** A session of its own for this code; the one before is forgotten. */
export async function signInWith(authCode: string): Promise<void> {
  const { token } = await call<{ token: string }>('POST', '/api/sessions', {
    channel: 'alipay',
    authCode,
    device: device(),
  });
  keepSession(token);
}

/** By which this phone is known again: one phone that serves many persons is looked at by clerks. */
function device(): string {
  const known = Taro.getStorageSync<string>(DEVICE);
  if (known) return known;
  const made = newKey();
  Taro.setStorageSync(DEVICE, made);
  return made;
}
