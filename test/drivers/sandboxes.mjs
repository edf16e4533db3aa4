/** @import { SentMessage } from '../../sandbox/alipay/methods.ts' */

/**
 * A callback that the sandbox's registration system has received.
 * @typedef {{ event: string, body: { matter: { externalId: string }, evidence?: string, portraitUntil?: string } }} Callback
 */

/**
 * The callbacks whose signature the registration system could verify, in their order, and how many it could not, by defect.
 * @param {{ registrySandbox: string }} urls
 */
export async function readCallbacks({ registrySandbox }) {
  const response = await fetch(`${registrySandbox}/admin/callbacks`);
  return /** @type {{ verified: Callback[], rejected: Record<string, number> }} */ (await response.json());
}

/**
 * The messages that the sandbox's Alipay has sent to persons.
 * @param {{ alipaySandbox: string }} urls
 */
export async function readMessages({ alipaySandbox }) {
  const response = await fetch(`${alipaySandbox}/admin/messages`);
  return /** @type {SentMessage[]} */ (await response.json());
}
