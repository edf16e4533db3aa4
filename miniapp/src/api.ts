import Taro from '@tarojs/taro';
import type { components, paths } from './api-types';

declare const API_URL: string;

export type Journey = components['schemas']['Journey'];
export type ToDo = components['schemas']['ToDo'];
export type ToDoDetails = components['schemas']['ToDoDetails'];
export type DocumentType = components['schemas']['DocumentType'];
export type LegalText = components['schemas']['LegalText'];
export type ConsentList =
  paths['/api/journeys/{id}/consents']['get']['responses'][200]['content']['application/json'];
export type Support = components['schemas']['Support'];

export interface Issue {
  path: string;
  code: string;
}

/** The api refuses. `message` is for people; `journey` is where it stands, where a tap came too late. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly issues: readonly Issue[] = [],
    readonly journey?: Journey,
  ) {
    super(message);
  }
}

/** Nothing was heard of the api; the same request with the same key finds out what was done. */
export class Offline extends Error {}

const TOKEN = 'session-token';
// As long as a person would wait: the machine may be at work for 8 s before it says so.
const TRIES = 15;

export function hasSession(): boolean {
  return Boolean(Taro.getStorageSync(TOKEN));
}

export function keepSession(token: string): void {
  Taro.setStorageSync(TOKEN, token);
}

export function forgetSession(): void {
  Taro.removeStorageSync(TOKEN);
}

export function newKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10)).join('');
}

interface Answer<T> {
  error?: { code: string; message: string; issues?: Issue[] };
  journey?: Journey;
  body?: T;
}

/** @param key makes a repeat the same tap; @throws Refusal, Offline */
export async function call<T>(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  key = newKey(),
): Promise<T> {
  const token = Taro.getStorageSync(TOKEN);
  for (let left = TRIES; ; left -= 1) {
    const response = await Taro.request<Answer<T>>({
      url: `${API_URL}${path}`,
      method,
      data: body,
      header: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && { 'content-type': 'application/json', 'idempotency-key': key }),
      },
    }).catch(() => undefined);
    if (!response) {
      if (left <= TRIES - 2) throw new Offline();
      await wait(1);
      continue;
    }
    const { statusCode, data, header } = response;
    const isWaiting = statusCode === 202 || statusCode === 503 || data?.error?.code === 'busy';
    if (isWaiting && left > 0) {
      await wait(Number(header?.['retry-after'] ?? header?.['Retry-After'] ?? 1));
      continue;
    }
    if (statusCode < 300) return data as T;
    const { code = 'internal', message = '', issues } = data?.error ?? {};
    throw new Refusal(statusCode, code, message, issues, data?.journey);
  }
}

/** A picture that only its person may see, as a data URL. */
export async function picture(path: string): Promise<string | undefined> {
  const token = Taro.getStorageSync(TOKEN);
  const response = await Taro.request<ArrayBuffer>({
    url: `${API_URL}${path}`,
    responseType: 'arraybuffer',
    header: { authorization: `Bearer ${token}` },
  }).catch(() => undefined);
  if (response?.statusCode !== 200) return undefined;
  // Taro's own for browsers wants bytes where phones want the buffer.
  const data =
    process.env.TARO_ENV === 'h5' ? (new Uint8Array(response.data) as unknown as ArrayBuffer) : response.data;
  return `data:image/png;base64,${Taro.arrayBufferToBase64(data)}`;
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}
