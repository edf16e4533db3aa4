import { createClerk } from '../test/drivers/clerk.mjs';

/**
 * Does for the clerks of `npm start` what each clerk does once: signs in with the one-time password and changes it for one of their
 * own, which is what `clerks.json` and `urls.json` name from then on.
 */
export async function signInFirst({ api, keys }) {
  await Promise.all(
    keys.clerks.map(async ({ login, password, oneTimePassword }) => {
      const urls = { api: api.url };
      try {
        await createClerk({ urls, login, password }).signIn();
      } catch (refused) {
        if (refused.code !== 'sign_in_refused') throw refused;
        const clerk = createClerk({ urls, login, password: oneTimePassword });
        await clerk.signIn();
        await clerk.changePassword(password);
      }
    }),
  );
}
