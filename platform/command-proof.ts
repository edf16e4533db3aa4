import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import canonicalize from 'canonicalize';
import type { ProvenCommand } from '../domain/proven-command';
import type { Command } from '../domain/steps';
import type { Key, KeyRing } from './key-ring';

/** Distinguishes commands of the api from anything else in Temporal, by an HMAC-SHA-256 over a command's canonical JSON (RFC 8785). */
export interface CommandProofs {
  /** Only the api and the operator's programs may call this. */
  prove<C extends Command>(command: Omit<ProvenCommand<C>, 'proof'>): ProvenCommand<C>;
  /** Whether the proof matches the command exactly. The age of the proof is not checked. */
  isProven(command: unknown): boolean;
}

/** Proves with the first key and verifies with all of them, so that a key can be replaced while journeys are running. */
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
 * Removes false proofs from everything that a worker receives, before workflows read it. Workflows cannot verify proofs themselves,
 * because they must not hold a key. Data on its way to Temporal stays unchanged.
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
            return withValue(payload, value);
          return withValue(payload, isProven(value) ? value : { ...value, proof: undefined });
        }),
      ),
  };
}

/** The word may also be written with escapes, or in bytes that decoders read in different ways. */
function mayHoldProof(bytes: Buffer): boolean {
  const text = bytes.toString();
  return (
    text.includes('"proof"') ||
    text.includes('\\u') ||
    text.startsWith('\uFEFF') ||
    !Buffer.from(text).equals(bytes)
  );
}

/** Serializes the checked value again, so that workflows read exactly this value. Invalid JSON becomes null. */
function withValue(payload: Payload, value: unknown): Payload {
  return { ...payload, data: Buffer.from(JSON.stringify(value ?? null)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
