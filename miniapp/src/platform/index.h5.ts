import type { Platform } from './contract';
import { handover } from './handover.h5';
import { strokeHandlers } from './handwriting.h5';

const REQUESTED_SCOPE = 'requested-scope';

/** The place to which the focus goes, or went last. */
let focusedPlace: string | undefined;

/** A second on most screens. */
const MOST_FRAMES = 60;

/** A browser, for trying the product. */
export const platform: Platform = {
  channel: 'h5',
  requestsIdentityInDialog: false,
  takeAuthCode() {
    const url = new URL(window.location.href);
    const code = url.searchParams.get('auth_code');
    if (!code) return undefined;
    // The code can be used once: a reload must not send it again.
    url.searchParams.delete('auth_code');
    window.history.replaceState(window.history.state, '', url.href);
    const scope = window.sessionStorage.getItem(REQUESTED_SCOPE) === 'auth_user' ? 'auth_user' : 'auth_base';
    return { code, scope };
  },
  async authCode(scope, authorizeUrl) {
    if (!authorizeUrl) return undefined;
    window.sessionStorage.setItem(REQUESTED_SCOPE, scope);
    const back = window.location.origin + window.location.pathname;
    const query = new URLSearchParams({ scope, redirect_uri: back });
    window.location.assign(`${authorizeUrl}?${query.toString()}`);
    return undefined;
  },
  async openFaceCheck({ url }) {
    window.location.assign(url);
    return 'not-yet';
  },
  requestMessages: async () => undefined,
  launchedWithInvitation: () => new URLSearchParams(window.location.search).get('invitation') ?? undefined,
  openInNewTab: (url) => void window.open(url, '_blank', 'noopener'),
  async savePicture(url) {
    const link = document.createElement('a');
    link.href = url;
    link.download = '';
    link.click();
  },
  focus(id) {
    // The last call wins.
    focusedPlace = id;
    let hadFocus = false;
    // Taro fills and shows its elements some time after they are in the document, and moves them once more, by which they lose it.
    const focusWithin = (frames: number) => {
      const { activeElement: active, body } = document;
      const place = document.getElementById(id);
      const target = place?.matches('[tabindex]') ? place : place?.querySelector('[tabindex], input');
      const hasMovedOn = hadFocus && active !== target && active !== body;
      if (focusedPlace !== id || hasMovedOn) return;
      if (target instanceof HTMLElement && active !== target) target.focus();
      hadFocus = hadFocus || document.activeElement === target;
      if (frames > 0) requestAnimationFrame(() => focusWithin(frames - 1));
    };
    focusWithin(MOST_FRAMES);
  },
  responseIn: () => undefined,
  async readPicture(url, headers) {
    const response = await fetch(url, { headers }).catch(() => undefined);
    if (!response?.ok) return undefined;
    const picture = await response.blob();
    return await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.onerror = () => resolve(undefined);
      reader.readAsDataURL(picture);
    });
  },
  tabStorage: {
    read: (name) => window.sessionStorage.getItem(name) ?? undefined,
    write: (name, text) => window.sessionStorage.setItem(name, text),
    remove: (name) => window.sessionStorage.removeItem(name),
  },
  readFile: async (url, headers) =>
    await fetch(url, { headers })
      .then((response) => (response.ok ? response.arrayBuffer() : undefined))
      .catch(() => undefined),
  async holdFile({ bytes, mediaType }) {
    const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    return {
      url,
      // With `noopener` nobody would know whether the browser has blocked it. A PDF does not reach the page that opens it.
      openPdf: async () => window.open(url, '_blank') !== null,
      release: () => URL.revokeObjectURL(url),
    };
  },
  handover,
  hasDateInput: true,
  strokeHandlers,
  onResize(callback) {
    window.addEventListener('resize', callback);
    return () => window.removeEventListener('resize', callback);
  },
  onNetworkChange(callback) {
    const onOnline = () => callback(true);
    const onOffline = () => callback(false);
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOffline);
    return () => {
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
    };
  },
  skipToText() {
    // Taro keeps the pages below in the document, and hides them.
    const texts = Array.from(document.querySelectorAll<HTMLElement>('.body'));
    texts.find((one) => one.offsetParent !== null)?.focus();
  },
  announceLanguage(language) {
    document.documentElement.lang = language;
  },
};
