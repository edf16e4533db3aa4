import { createClerk } from '../test/drivers/clerk.mjs';

/**
 * Signs in once for each clerk of `npm start` with the one-time password, and replaces it by the clerk's own password. `clerks.json` and
 * `urls.json` contain the own password.
 */
export async function signInFirst({ api, keys }) {
  await Promise.all(
    keys.clerks.map(async ({ login, password, oneTimePassword }) => {
      const urls = { api: api.url };
      try {
        await createClerk({ urls, login, password }).signIn();
      } catch (error) {
        if (error.code !== 'sign_in_refused') throw error;
        const clerk = createClerk({ urls, login, password: oneTimePassword });
        await clerk.signIn();
        await clerk.changePassword(password);
      }
    }),
  );
}
