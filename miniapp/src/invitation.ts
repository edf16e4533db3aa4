import Taro from '@tarojs/taro';
import { platform } from './platform';

const INVITATION = 'invitation';

/** The to-do that an invitation's link names; kept on the phone, since signing in and face checks leave the page. */
export function invitation(): string | undefined {
  return Taro.getStorageSync<string>(INVITATION) || undefined;
}

/** @param query what the mini-program was brought back with, where it was not just started */
export function keepInvitation(query?: Record<string, string>): void {
  const toDoId = query ? query.toDo : platform.invitedTo();
  if (toDoId && /^[\da-f-]{36}$/.test(toDoId)) Taro.setStorageSync(INVITATION, toDoId);
}

export function forgetInvitation(): void {
  Taro.removeStorageSync(INVITATION);
}
