import { parseOptions } from '@node-rs/argon2';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword, isPassword } from './passwords';

const owasp = { algorithm: 2, version: 1, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

it('is stored as Argon2id with the strength of OWASP, each time with another salt', async () => {
  const [one, other] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(parseOptions(one)).toMatchObject(owasp);
  expect(one).not.toBe(other);
});

it('matches its stored form, and another password does not', async () => {
  const kept = await hashPassword('correct horse');
  expect(await isPassword('correct horse', kept)).toBe(true);
  expect(await isPassword('correct horsf', kept)).toBe(false);
  expect(await isPassword('', kept)).toBe(false);
});

it('is wrong without an account, after the same work', async () => {
  expect(await isPassword('correct horse', undefined)).toBe(false);
  const [nobodys] = /\$argon2id\$[^']+/.exec(readFileSync(join(__dirname, 'passwords.ts'), 'utf8')) ?? [];
  expect(parseOptions(nobodys!)).toMatchObject(owasp);
});
