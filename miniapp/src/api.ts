import Taro from '@tarojs/taro';
import type { ErrorCode, Journey, Method, PathOf, ResponseOf } from './api-contract';
import { ApiError, NoResponse } from './api-error';
import type { Issue } from './api-error';
import type { ApiRequest } from './api-request';
import { platform } from './platform';
import type { HttpResponse } from './platform/contract';
import { NO_REPEATS, nextRepeat } from './repeats';
import { sessionToken } from './session-token';

declare const API_URL: string;

const TIMEOUT_MS = 20_000;

/** What is in the body of a response that matters to every call. */
interface ErrorBody {
  error?: { code: ErrorCode; message: string; issues?: Issue[] };
  journey?: Journey;
}

/**
 * Sends a request, and repeats it with the same key while the API is still working or no response comes.
 * @throws ApiError, NoResponse
 */
export async function call<M extends Method, P extends PathOf<M>>(
  request: ApiRequest<M, P>,
): Promise<ResponseOf<M, P>> {
  for (let repeats = NO_REPEATS; ;) {
    const response = await send(request);
    const { error, journey } = (response?.data ?? {}) as ErrorBody;
    const repeat = nextRepeat(response && { ...headOf(response), code: error?.code }, repeats);
    if (repeat) {
      repeats = repeat.repeats;
      await seconds(repeat.afterSeconds);
      continue;
    }
    if (!response) throw new NoResponse();
    if (response.statusCode < 300) return response.data as ResponseOf<M, P>;
    const { code = 'internal', message = '', issues } = error ?? {};
    throw new ApiError(response.statusCode, code, message, issues, journey);
  }
}

async function send({ method, url, body, key }: ApiRequest): Promise<HttpResponse | undefined> {
  const isPost = method === 'POST';
  try {
    return await Taro.request<unknown>({
      url: `${API_URL}${url}`,
      method,
      data: isPost ? (body ?? {}) : undefined,
      timeout: TIMEOUT_MS,
      header: {
        ...authorization(),
        ...(isPost && { 'content-type': 'application/json', 'idempotency-key': key }),
      },
    });
  } catch (failure) {
    return platform.responseIn(failure);
  }
}

function headOf({ statusCode, header = {} }: HttpResponse): { status: number; retryAfterSeconds?: number } {
  const retryAfter = header['retry-after'] ?? header['Retry-After'];
  return { status: statusCode, retryAfterSeconds: retryAfter === undefined ? undefined : Number(retryAfter) };
}

/** The address of a picture that everybody may see. */
export function publicPictureUrl(path: '/api/support/qr-code'): string {
  return `${API_URL}${path}`;
}

/** @returns the picture that the last face check took, as a data URL; undefined where it can't be had */
export function readPortrait({
  url,
}: ApiRequest<'GET', '/api/journeys/{id}/portrait'>): Promise<string | undefined> {
  return platform.readPicture(`${API_URL}${url}`, authorization());
}

/** @returns the bytes of a document of a matter; undefined where they can't be had */
export function readDocument(url: string): Promise<ArrayBuffer | undefined> {
  return platform.readFile(`${API_URL}${url}`, authorization());
}

function authorization(): Record<string, string> {
  const token = sessionToken();
  return token ? { authorization: `Bearer ${token}` } : {};
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, count * 1000);
  });
}
