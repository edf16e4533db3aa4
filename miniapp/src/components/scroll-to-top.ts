import Taro from '@tarojs/taro';

/** Shows a page from its beginning. Scrolling fails if the page was left meanwhile, which does not matter. */
export function scrollToTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined);
}
