import Taro from '@tarojs/taro';
import { platform } from './platform';

const OPENED = 'opened-face-check';

/**
 * Opens the vendor's page, and remembers on the phone that it was opened. Two rules need that:
 * nobody may ask for the result of a check whose page was never opened, since the vendor calls it failed;
 * and a person who comes back by a restart of the app must find the result.
 * @returns whether there is a result to ask for
 */
export async function openFaceCheck(check: { url: string; certifyId: string }): Promise<boolean> {
  Taro.setStorageSync(OPENED, check.certifyId);
  const end = await platform.openFaceCheck(check);
  if (end === 'left') forgetOpenedFaceCheck();
  return end === 'ended';
}

/** @returns the certify id of the check whose page was opened, and whose result was not yet asked for */
export function openedFaceCheck(): string | undefined {
  return Taro.getStorageSync<string>(OPENED) || undefined;
}

export function forgetOpenedFaceCheck(): void {
  Taro.removeStorageSync(OPENED);
}
