import { hash, verify } from '@node-rs/argon2';

// Argon2id (the default of this package) with the minimum strength of the OWASP Password Storage Cheat Sheet: 19456 KiB of memory.
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The hash of random bytes that nobody stored, with the same strength. A password is compared with it if there is no account.
const DUMMY_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$U1nyMmFIoq+kpU6PrDV/mA$tEWlJZkG9Cl4bhlpKoRth8QO69b/ef7jm1U0Xrggp0Q';

/** The stored form of a password: a PHC string that contains strength and salt. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password, STRENGTH);
}

/**
 * Whether the password matches its stored form, compared in constant time.
 * @param stored result of hashPassword; if it is undefined, the result is false after the same time
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const isRight = await verify(stored ?? DUMMY_HASH, password);
  return stored !== undefined && isRight;
}
