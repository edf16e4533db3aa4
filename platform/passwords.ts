import { hash, verify } from '@node-rs/argon2';

// Argon2id, which is this package's default, as strong as the OWASP Password Storage Cheat Sheet asks for at least; 19456 KiB.
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Of random bytes that nobody kept, with the same strength: what a password is held against where there is no account.
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$U1nyMmFIoq+kpU6PrDV/mA$tEWlJZkG9Cl4bhlpKoRth8QO69b/ef7jm1U0Xrggp0Q';

/** A password as it is kept: a PHC string with the strength and the salt in it. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password, STRENGTH);
}

/**
 * Whether it is the password, compared in constant time.
 * @param kept as hashPassword returned it; without one the answer is no, after the same time
 */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const isRight = await verify(kept ?? NOBODYS, password);
  return kept !== undefined && isRight;
}
