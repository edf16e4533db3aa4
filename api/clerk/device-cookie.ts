import type { Credentials } from '../../db/clerks/sessions';
import type { Pseudonyms } from '../../platform/pseudonyms';
import { isSecret, newToken } from '../../platform/secrets';
import type { Client } from '../define-route';
import { cookieAttributes } from './session-cookie';

// The longest that browsers keep one.
const KEPT_SECONDS = 400 * 24 * 3600;

/**
 * Tells a browser that signed in to a login before from strangers who try passwords, so that they don't slow it down. It holds a
 * random name of the device and a MAC over name and login, opens nothing by itself, and has tries of its own (OWASP, "Slow Down Online
 * Guessing Attacks with Device Cookies"). Each login has its own, since clerks share computers.
 */
export function createDeviceCookies(pseudonyms: Pseudonyms, publicUrl: string) {
  const nameOf = (login: string) => `clerk_device_${pseudonyms.signInTries(login).slice(0, 8)}`;

  /** The device's name, if this cookie was given to it for this login. */
  function deviceOf({ cookie }: Client, login: string): string | undefined {
    const [, device, mac] = /^([\w-]{43})\.([0-9a-f]{64})$/.exec(cookie(nameOf(login)) ?? '') ?? [];
    if (device === undefined || mac === undefined) return undefined;
    return isSecret(mac, pseudonyms.clerkDevice(login, device)) ? device : undefined;
  }

  return {
    /**
     * For what a try counts: on a device that signed in before for that device alone, and only once that has to wait for everybody's.
     * @param kind what is tried, if it is not the password
     */
    countedFor(login: string, client: Client, ...kind: ['second-factor'] | []): Credentials['counted'] {
      const place = (...where: string[]) => pseudonyms.signInTries(login, ...kind, ...where);
      const asStranger = { login: place(), place: place('network', client.network) };
      const device = deviceOf(client, login);
      return device === undefined ? [asStranger] : [{ place: place('device', device) }, asStranger];
    },

    /** For the browser in which the owner of the login has just shown password and second factor: a thief has not both. */
    cookieFor(login: string): string {
      const device = newToken();
      const value = `${device}.${pseudonyms.clerkDevice(login, device)}`;
      return `${nameOf(login)}=${value}; Max-Age=${KEPT_SECONDS}; ${cookieAttributes(publicUrl)}`;
    },
  };
}
