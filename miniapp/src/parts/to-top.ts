import Taro from '@tarojs/taro';

/** Shows a page from its beginning. One that is gone by then can't be scrolled, and need not be. */
export function toTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined);
}
