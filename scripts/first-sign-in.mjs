import { ClerkError, createClerk } from '../test/drivers/clerk.mjs';

/** @import { Keys } from './embedded-keys.mjs' */

/**
 * Does for the clerks of `npm start` what each clerk does once: signs in with the one-time password, replaces it by the password that
 * `clerks.json` and `urls.json` name, and enrols the passkey there, which drivers use, and an authenticator app, whose codes
 * `npm run clerk-code` shows to people.
 * @param {{ api: { url: string }, keys: Keys }} installation
 */
export async function signInFirst({ api, keys }) {
  const urls = { api: api.url };
  keys.keepClerks();
  await Promise.all(
    keys.clerks.map(async (account) => {
      const { login, password, oneTimePassword, passkey } = account;
      const clerk = createClerk({ urls, login, password, passkey });
      const signIn = async () => {
        try {
          return await clerk.signIn();
        } catch (error) {
          if (!(error instanceof ClerkError && error.code === 'sign_in_refused')) throw error;
          const newcomer = createClerk({ urls, login, password: oneTimePassword });
          await newcomer.signIn();
          await newcomer.changePassword(password);
          return await clerk.signIn();
        }
      };
      const { secondFactors } = await signIn();
      if (!secondFactors.includes('passkey')) await clerk.addPasskey();
      if (secondFactors.includes('totp')) return;
      await clerk.addTotp((secret) => {
        account.totp = secret;
        keys.keepClerks();
      });
    }),
  );
}
