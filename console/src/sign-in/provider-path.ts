const HOME = '/console';

/** The address to which the identity provider sends browsers back, and from which they are sent there. */
export const PROVIDER_PATH = `${HOME}/provider`;

const PLACE = 'place-before-sign-in';

/** Remembers, in this tab, which page was asked for. */
export function keepPlace(): void {
  window.sessionStorage.setItem(PLACE, window.location.pathname + window.location.search);
}

/** The page that was asked for before the clerk signed in. */
export function keptPlace(): string {
  return window.sessionStorage.getItem(PLACE) ?? HOME;
}
