import { ClerkError, createClerk } from '../test/drivers/clerk.mjs';

/** @import { Keys } from './embedded-keys.mjs' */

/**
 * Does for the clerks of `npm start` what each clerk does once: signs in with the one-time password and replaces it by the password
 * that `clerks.json` and `urls.json` name.
 * @param {{ api: { url: string }, keys: Keys }} installation
 */
export async function signInFirst({ api, keys }) {
  const urls = { api: api.url };
  await Promise.all(
    keys.clerks.map(async ({ login, password, oneTimePassword }) => {
      try {
        await createClerk({ urls, login, password }).signIn();
      } catch (error) {
        if (!(error instanceof ClerkError && error.code === 'sign_in_refused')) throw error;
        const clerk = createClerk({ urls, login, password: oneTimePassword });
        await clerk.signIn();
        await clerk.changePassword(password);
      }
    }),
  );
}
