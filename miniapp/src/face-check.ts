import Taro from '@tarojs/taro';
import { platform } from './platform';

const OPENED = 'opened-face-check';

/**
 * Opens the vendor's page. That it was opened is kept on the phone: the result of a check that nobody has gone to must not be asked
 * for, since the vendor calls it not passed, and who comes back by a restart must not be forgotten.
 * @returns whether there is a result to ask for
 */
export async function openFaceCheck(check: { url: string; certifyId: string }): Promise<boolean> {
  Taro.setStorageSync(OPENED, check.certifyId);
  const end = await platform.openFaceCheck(check);
  if (end === 'left') forgetOpened();
  return end === 'ended';
}

export function wasOpened({ certifyId }: { certifyId: string }): boolean {
  return Taro.getStorageSync(OPENED) === certifyId;
}

export function forgetOpened(): void {
  Taro.removeStorageSync(OPENED);
}
