import { randomUUID } from 'node:crypto';

/** @typedef {{ status: number, body: object, headers?: Record<string, string> }} Answer */

/** @param {number} status @param {string} code @param {object} [more] @returns {Answer} */
export function refusal(status, code, more) {
  return { status, body: { error: { code, message: '', requestId: randomUUID(), ...more } } };
}
