import Taro from '@tarojs/taro';
import { platform } from './platform';

const INVITATION = 'invitation';

/** The to-do that an invitation's link names; kept on the phone, since signing in and face checks leave the page. */
export function invitation(): string | undefined {
  return Taro.getStorageSync<string>(INVITATION) || undefined;
}

export function keepInvitation(): void {
  const toDoId = platform.invitedTo();
  if (toDoId && /^[\da-f-]{36}$/.test(toDoId)) Taro.setStorageSync(INVITATION, toDoId);
}

export function forgetInvitation(): void {
  Taro.removeStorageSync(INVITATION);
}
