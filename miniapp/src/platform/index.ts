import Taro from '@tarojs/taro';

/** All that differs between Alipay, a browser and WeChat. */

/** Whether this channel can check faces. */
export const canVerify = process.env.TARO_ENV !== 'weapp';

/**
 * The authorization code of the account, for signing in.
 * @param authorizeUrl where a browser has to go for it; it comes back with the code
 * @returns undefined where the page is being left for it
 */
export async function authCode(authorizeUrl?: string): Promise<string | undefined> {
  if (process.env.TARO_ENV === 'alipay') {
    const { authCode: code } = await my.getAuthCode({ scopes: 'auth_base' });
    return code;
  }
  if (process.env.TARO_ENV === 'h5') {
    const url = new URL(window.location.href);
    const code = url.searchParams.get('auth_code');
    if (code) {
      // Good once: a reload must not send it again.
      url.searchParams.delete('auth_code');
      window.history.replaceState(null, '', url.href);
      return code;
    }
    if (authorizeUrl) {
      window.location.assign(
        `${authorizeUrl}?redirect_uri=${encodeURIComponent(window.location.origin + window.location.pathname)}`,
      );
    }
    return undefined;
  }
  return (await Taro.login()).code;
}

/** Opens the vendor's page of a face check. @returns whether the person is back: a browser comes back by a reload */
export async function openFaceCheck({
  url,
  certifyId,
}: {
  url: string;
  certifyId: string;
}): Promise<boolean> {
  if (process.env.TARO_ENV === 'alipay') {
    // What the phone says of the result is not believed; that it is back is all that counts.
    await new Promise<void>((resolve) => {
      my.startAPVerify({ url, certifyId, complete: () => resolve() });
    });
    return true;
  }
  if (process.env.TARO_ENV === 'h5') window.location.assign(url);
  return false;
}
