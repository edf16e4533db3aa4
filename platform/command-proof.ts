import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import canonicalize from 'canonicalize';
import type { ProvenCommand } from '../domain/proven-command';
import type { Command } from '../domain/steps';
import type { Key, KeyRing } from './key-ring';

/** Tells what the api said from what anybody else wrote into Temporal: HMAC-SHA-256 over the canonical JSON (RFC 8785) of a command. */
export interface CommandProofs {
  /** Only the api, and the program of an operator, may. */
  prove<C extends Command>(command: Omit<ProvenCommand<C>, 'proof'>): ProvenCommand<C>;
  /** Whether a command is, word for word, one that was proven. How old it is does not matter here. */
  isProven(command: unknown): boolean;
}

/** Proves by the first of these keys; verifies by all, so that a key can be replaced while journeys are under way. */
export function createCommandProofs({ commands: keys }: Pick<KeyRing, 'commands'>): CommandProofs {
  return {
    prove(command) {
      const [current] = keys;
      return { ...command, proof: `${current.id}.${macOf(current, command).toString('base64url')}` };
    },
    isProven(command) {
      if (typeof command !== 'object' || command === null || !('proof' in command)) return false;
      const { proof, ...rest } = command;
      if (typeof proof !== 'string') return false;
      const dot = proof.lastIndexOf('.');
      const key = keys.find(({ id }) => id === proof.slice(0, dot));
      const given = Buffer.from(proof.slice(dot + 1), 'base64url');
      if (!key) return false;
      const mac = macOf(key, rest);
      return given.length === mac.length && timingSafeEqual(given, mac);
    },
  };
}

function macOf({ bytes }: Key, command: object): Buffer {
  return createHmac('sha256', bytes)
    .update(canonicalize(command) ?? '')
    .digest();
}

/**
 * Removes a proof that is not true from whatever a worker is given, before workflows see it: they cannot hold a key themselves. Nothing is
 * changed on the way to Temporal.
 */
export function removingFalseProofs({ isProven }: Pick<CommandProofs, 'isProven'>): PayloadCodec {
  return {
    encode: (payloads) => Promise.resolve(payloads),
    decode: (payloads) =>
      Promise.resolve(
        payloads.map((payload) => {
          const bytes = Buffer.from(payload.data ?? []);
          if (!mayHoldProof(bytes)) return payload;
          const value = parsed(bytes.toString());
          if (typeof value !== 'object' || value === null || !('proof' in value))
            return written(payload, value);
          return written(payload, isProven(value) ? value : { ...value, proof: undefined });
        }),
      ),
  };
}

/** The name may be written with escapes, or in bytes that other decoders read in another way. */
function mayHoldProof(bytes: Buffer): boolean {
  const text = bytes.toString();
  return (
    text.includes('"proof"') ||
    text.includes('\\u') ||
    text.startsWith('\uFEFF') ||
    !Buffer.from(text).equals(bytes)
  );
}

/** Written anew, so that what is read later is what was looked at here; what is no JSON is nothing. */
function written(payload: Payload, value: unknown): Payload {
  return { ...payload, data: Buffer.from(JSON.stringify(value ?? null)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
