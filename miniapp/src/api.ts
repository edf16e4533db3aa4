import Taro from '@tarojs/taro';
import type { components, paths } from './api-types';
import { platform } from './platform';

declare const API_URL: string;

export type Journey = components['schemas']['Journey'];
export type ToDo = components['schemas']['ToDo'];
export type ToDoDetails = components['schemas']['ToDoDetails'];
export type DocumentType = components['schemas']['DocumentType'];
export type LegalText = components['schemas']['LegalText'];
export type ConsentList =
  paths['/api/journeys/{id}/consents']['get']['responses'][200]['content']['application/json'];
export type AuthorizedIdentity = components['schemas']['AuthorizedIdentity'];
export type WindowCode = components['schemas']['WindowCode'];
export type Support = components['schemas']['Support'];

/** What is wrong with one place of what was sent. */
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
/** How often the api is asked again while it says that it is at work: it answers after 8 s at most. */
const MOST_WAITS = 15;
const TIMEOUT_MS = 20_000;

export function hasSession(): boolean {
  return Boolean(Taro.getStorageSync(TOKEN));
}

export function keepSession(token: string): void {
  Taro.setStorageSync(TOKEN, token);
}

export function forgetSession(): void {
  Taro.removeStorageSync(TOKEN);
}

/** A name that nothing else has: of a tap, or of a phone. Nobody has to be kept from guessing it. */
export function newKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10).padEnd(8, '0')).join('');
}

export function urlOf(path: string): string {
  return `${API_URL}${path}`;
}

interface Answer<T> {
  error?: { code: string; message: string; issues?: Issue[] };
  journey?: Journey;
  body?: T;
}

type Answered<T> = Pick<Taro.request.SuccessCallbackResult<Answer<T>>, 'statusCode' | 'data' | 'header'>;

/** @param key makes a repeat the same tap; @throws Refusal, Offline */
export async function call<T>(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  key = newKey(),
): Promise<T> {
  for (let waits = 0, unheard = 0; ;) {
    const response = await Taro.request<Answer<T>>({
      url: urlOf(path),
      method,
      data: body,
      timeout: TIMEOUT_MS,
      header: {
        ...authorization(),
        ...(method === 'POST' && { 'content-type': 'application/json', 'idempotency-key': key }),
      },
    }).catch((failure: unknown) => platform.answerIn(failure) as Answered<T> | undefined);
    if (!response) {
      unheard += 1;
      if (unheard > 2) throw new Offline();
      await seconds(1);
      continue;
    }
    const { statusCode, data, header } = response;
    const isAtWork = statusCode === 202 || statusCode === 503 || data?.error?.code === 'busy';
    if (isAtWork && waits < MOST_WAITS) {
      waits += 1;
      await seconds(Number(header?.['retry-after'] ?? header?.['Retry-After'] ?? 1));
      continue;
    }
    if (statusCode < 300) return data as T;
    const { code = 'internal', message = '', issues } = data?.error ?? {};
    throw new Refusal(statusCode, code, message, issues, data?.journey);
  }
}

/** A picture that only its person may see, as a data URL; undefined where it can't be had. */
export function picture(path: string): Promise<string | undefined> {
  return platform.readPicture(urlOf(path), authorization());
}

function authorization(): Record<string, string> {
  const token = Taro.getStorageSync<string>(TOKEN);
  return token ? { authorization: `Bearer ${token}` } : {};
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, count * 1000);
  });
}
