// For tests in TypeScript. What it means stands in passkey.cjs.

export interface PasskeyFile {
  id: string;
  key: string;
}

interface Credential {
  id: string;
  rawId: string;
  type: string;
  response: Record<string, string>;
}

export function newPasskey(): PasskeyFile;

export function createPasskey(
  passkey: PasskeyFile,
  origin: string,
  odd?: { isUserVerified?: boolean; counter?: number },
): {
  create(options: { challenge: string; rp: { id: string } }): Credential;
  get(options: { challenge: string; rpId: string }): Credential;
};
