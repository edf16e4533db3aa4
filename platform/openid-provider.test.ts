import { startRogueProvider } from '../test/setup/rogue-provider';
import type { RogueProvider } from '../test/setup/rogue-provider';
import { createOpenidProvider } from './openid-provider';

const OURS = {
  clientId: 'identity-check',
  clientSecret: 'a-secret',
  redirectUri: 'http://identity.example/console/provider',
  signedOutUri: 'http://identity.example/console',
  maxAgeSeconds: 600,
};
const SECRET = 'a'.repeat(43);
const now = () => Math.floor(Date.now() / 1000);

let rogue: RogueProvider;
beforeEach(async () => {
  rogue = await startRogueProvider(OURS.clientId);
});
afterEach(() => rogue.stop());

/** What a sign-in there says, or why it came to nothing. */
async function signIn(claims: object, change: Partial<RogueProvider> = {}): Promise<unknown> {
  Object.assign(rogue, { claims, ...change });
  const provider = createOpenidProvider({
    ...OURS,
    issuer: rogue.issuer,
    secondFactor: { claim: 'amr', value: 'otp' },
  });
  try {
    return await provider.identify(rogue.answer(await provider.signInUrl(SECRET)), SECRET);
  } catch (error) {
    const { failure, detail } = error as { failure?: string; detail?: string };
    return [failure, detail];
  }
}

test('a token that holds says who it is, and by the configured claim whether a second factor was checked', async () => {
  const somebody = { issuer: rogue.issuer, subject: 'somebody' };
  expect(await signIn({})).toEqual({ ...somebody, hasSecondFactor: false });
  expect(await signIn({ amr: ['pwd', 'otp'] })).toEqual({ ...somebody, hasSecondFactor: true });
  expect(await signIn({ amr: ['pwd'], acr: 'otp' })).toEqual({ ...somebody, hasSecondFactor: false });
});

test.each<[string, object, Partial<RogueProvider>, string]>([
  ['of another issuer', { iss: 'http://127.0.0.1:1' }, {}, 'token_iss'],
  ['for another client', { aud: 'another' }, {}, 'token_aud'],
  ['for another sign-in', { nonce: 'another' }, {}, 'token_nonce'],
  ['for no sign-in', { nonce: undefined }, {}, 'oauth_invalid_response'],
  ['that has expired', { exp: now() - 600 }, {}, 'token_exp'],
  ['of a sign-in an hour ago', { auth_time: now() - 3600 }, {}, 'token_auth_time'],
  ['that does not say when its user signed in', { auth_time: undefined }, {}, 'oauth_invalid_response'],
  ['without a subject', { sub: undefined }, {}, 'oauth_invalid_response'],
  ['that another key has signed', {}, { isForged: true }, 'oauth_invalid_response'],
])('a token %s is refused', async (_, claims, change, detail) => {
  expect(await signIn(claims, change)).toEqual(['invalid', detail]);
});

test.each<[string, (issuer: string) => string]>([
  ['with another address', () => 'http://127.0.0.1:1'],
  ['with a slash at the end', (issuer) => `${issuer}/`],
  ['in capitals', (issuer) => issuer.replace('http', 'HTTP')],
  ['with a path', (issuer) => `${issuer}/realm`],
])('a provider that names itself %s is refused, whatever its tokens say', async (_, named) => {
  const other = named(rogue.issuer);
  const refused = ['invalid', 'issuer_spelled_otherwise'];
  expect(await signIn({ iss: other }, { named: other })).toEqual(refused);
  expect(await signIn({})).toEqual(refused);
  rogue.named = undefined;
  expect(await signIn({ iss: other })).toEqual(['invalid', 'token_iss']);
});

test('a provider that is down, broken or silent is unavailable within seconds', async () => {
  expect(await signIn({}, { mode: 'broken' })).toEqual(['unavailable', 'oauth_response_is_not_conform']);
  const begun = Date.now();
  expect(await signIn({}, { mode: 'silent' })).toEqual(['unavailable', 'oauth_timeout']);
  expect(Date.now() - begun).toBeLessThan(10_000);
  const gone = createOpenidProvider({ ...OURS, issuer: 'http://127.0.0.1:9' });
  await expect(gone.discover()).rejects.toMatchObject({ failure: 'unavailable', detail: 'not_reached' });
});

test('a provider that comes up later is found then', async () => {
  rogue.mode = 'broken';
  const provider = createOpenidProvider({ ...OURS, issuer: rogue.issuer });
  await expect(provider.discover()).rejects.toMatchObject({ failure: 'unavailable' });
  rogue.mode = 'up';
  const url = new URL(await provider.signInUrl(SECRET));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    redirect_uri: OURS.redirectUri,
    code_challenge_method: 'S256',
    prompt: 'login',
    max_age: '600',
  });
  expect(url.href).not.toContain(SECRET);
  expect(provider.signOutUrl()).toBeUndefined();
});
