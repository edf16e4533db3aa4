import Taro from '@tarojs/taro';
import { call } from './api';
import { isApiError } from './api-error';
import { apiRequest } from './api-request';
import { platform } from './platform';

// The token that an invitation's link carries, and the to-do to which it leads this person. Both are kept on the phone, since signing in
// and face checks leave the page.
const TOKEN = 'invitation';
const TO_DO = 'invited-to-do';

/** The to-do of the invitation; undefined until it was looked up. */
export function invitedToDo(): string | undefined {
  return Taro.getStorageSync<string>(TO_DO) || undefined;
}

/** @param query of the link that brought the mini-program back from the background; undefined when it starts */
export function keepInvitation(query?: Record<string, string>): void {
  const token = query ? query.invitation : platform.launchedWithInvitation();
  if (!token || !/^[0-9a-f]{32}$/.test(token) || token === Taro.getStorageSync<string>(TOKEN)) return;
  forgetInvitation();
  Taro.setStorageSync(TOKEN, token);
}

/**
 * Looks up where the invitation leads, for a person who is verified. One that leads nowhere is forgotten: it is another's, or its
 * matter has ended.
 */
export async function findInvitedToDo(journey: string): Promise<string | undefined> {
  const token = Taro.getStorageSync<string>(TOKEN);
  if (!token || invitedToDo()) return invitedToDo();
  try {
    const path = { id: journey, token };
    const { toDoId } = await call(apiRequest('GET', '/api/journeys/{id}/invitations/{token}', { path }));
    Taro.setStorageSync(TO_DO, toDoId);
    return toDoId;
  } catch (error) {
    if (isApiError(error, 'not_found')) forgetInvitation();
    return undefined;
  }
}

export function forgetInvitation(): void {
  Taro.removeStorageSync(TOKEN);
  Taro.removeStorageSync(TO_DO);
}
