import type { Platform } from './contract';
import { writing } from './writing.h5';

const ASKED_FOR = 'scope-asked-for';

/** A browser, in which the product is tried. */
export const platform: Platform = {
  channel: 'h5',
  asksInPlace: false,
  codeBroughtAlong() {
    const url = new URL(window.location.href);
    const code = url.searchParams.get('auth_code');
    if (!code) return undefined;
    // Good once: a reload must not send it again.
    url.searchParams.delete('auth_code');
    window.history.replaceState(window.history.state, '', url.href);
    const scope = window.sessionStorage.getItem(ASKED_FOR) === 'auth_user' ? 'auth_user' : 'auth_base';
    return { code, scope };
  },
  async authCode(scope, authorizeUrl) {
    if (!authorizeUrl) return undefined;
    window.sessionStorage.setItem(ASKED_FOR, scope);
    const back = window.location.origin + window.location.pathname;
    const query = new URLSearchParams({ scope, redirect_uri: back });
    window.location.assign(`${authorizeUrl}?${query.toString()}`);
    return undefined;
  },
  async openFaceCheck({ url }) {
    window.location.assign(url);
    return 'not-yet';
  },
  askForMessages: async () => undefined,
  invitedTo: () => new URLSearchParams(window.location.search).get('toDo') ?? undefined,
  openBeside: (url) => void window.open(url, '_blank', 'noopener'),
  async savePicture(url) {
    const link = document.createElement('a');
    link.href = url;
    link.download = '';
    link.click();
  },
  answerIn: () => undefined,
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
  hasDayInput: true,
  writing,
  onResize(turned) {
    window.addEventListener('resize', turned);
    return () => window.removeEventListener('resize', turned);
  },
  onNetwork(changed) {
    const came = () => changed(true);
    const went = () => changed(false);
    window.addEventListener('online', came);
    window.addEventListener('offline', went);
    return () => {
      window.removeEventListener('online', came);
      window.removeEventListener('offline', went);
    };
  },
  announceLanguage(language) {
    document.documentElement.lang = language;
  },
};
