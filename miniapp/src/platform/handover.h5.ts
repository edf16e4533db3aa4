import type { Platform } from './contract';

const CODE = 'handover';

export const handover: NonNullable<Platform['handover']> = {
  // Whoever has a finger on the screen signs with it.
  isOffered: () => !window.matchMedia('(pointer: coarse)').matches,
  addressOf: (code) => `${window.location.origin}${window.location.pathname}?${CODE}=${code}`,
  takeCode() {
    const url = new URL(window.location.href);
    const code = url.searchParams.get(CODE);
    if (code === null) return undefined;
    // Neither the history nor the page that signs the person in gets to know it.
    url.searchParams.delete(CODE);
    window.history.replaceState(window.history.state, '', url.href);
    return /^[\w-]{43}$/.test(code) ? code : undefined;
  },
};
