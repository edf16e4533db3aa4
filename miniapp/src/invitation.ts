import Taro from '@tarojs/taro';
import { platform } from './platform';

const INVITATION = 'invitation';

/** The to-do that an invitation's link names. It is kept on the phone, since signing in and face checks leave the page. */
export function invitedToDo(): string | undefined {
  return Taro.getStorageSync<string>(INVITATION) || undefined;
}

/** @param query of the link that brought the mini-program back from the background; undefined when it starts */
export function keepInvitation(query?: Record<string, string>): void {
  const toDoId = query ? query.toDo : platform.launchedForToDo();
  if (toDoId && /^[\da-f-]{36}$/.test(toDoId)) Taro.setStorageSync(INVITATION, toDoId);
}

export function forgetInvitation(): void {
  Taro.removeStorageSync(INVITATION);
}
