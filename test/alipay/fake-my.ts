import type { Shown } from './axml';
import type { App } from './runtime';
import type { Screen } from './screen';

/** What the fake phone's owner and the network are. */
export interface Owner {
  account: string;
  urls: Record<string, string>;
  /** Outlives the mini-program, as a phone's does. */
  storage: Map<string, unknown>;
  /** What was drawn on a canvas, by the name of the command. */
  ink: string[];
  /** The templates of each time that messages were asked for. */
  askedFor: string[][];
  /** Says no where name and number, or messages, are asked for. */
  isReserved?: boolean;
  /** So often the vendor's page is left before its end. */
  leaves?: number;
}

/** What `my` can see and do of the mini-program that uses it. */
export type Hooks = App & { screen(): Screen; take(canvas: Shown): void };

interface Callbacks {
  success?(result: object): void;
  fail?(error: object): void;
  complete?(result: object): void;
}
interface Request extends Callbacks {
  url: string;
  method?: string;
  data?: object;
  headers?: Record<string, string>;
  dataType?: 'json' | 'text' | 'base64' | 'arraybuffer';
}

const PAD = { width: 343, height: 320 };

/** `my`, as far as it is documented and used. */
export function createMy(owner: Owner, hooks: Hooks): object {
  const { urls, storage } = owner;

  /** Nothing reaches a mini-program that has ended. */
  function answer(callbacks: Callbacks, kind: 'success' | 'fail', result: object): void {
    if (!hooks.isAlive()) return;
    callbacks[kind]?.(result);
    callbacks.complete?.(result);
  }

  async function request(options: Request): Promise<void> {
    // The bundle is built without the api's address unless API_URL is set; this phone knows the one of this test.
    const url = new URL(options.url, urls.api);
    const response = await fetch(url, {
      method: options.method,
      headers: options.headers,
      body: options.method === 'POST' ? JSON.stringify(options.data) : undefined,
    }).catch(() => undefined);
    if (!response) {
      answer(options, 'fail', { error: 12, errorMessage: 'network error' });
      return;
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const { status } = response;
    const headers = Object.fromEntries(response.headers);
    const type = headers['content-type'] ?? '';
    const data = decoded(bytes, type, options.dataType ?? 'json');
    // Where WeChat succeeds with whatever status, Alipay fails with all but 200 (NervJS/taro#14366).
    if (data === undefined) answer(options, 'fail', { error: 14, errorMessage: 'JSON parse data error' });
    else if (status === 200) answer(options, 'success', { data, status, headers });
    // Whether it is read then is written nowhere: both ways occur here.
    else {
      const raw = status < 400 ? data : bytes.toString();
      answer(options, 'fail', { error: 19, errorMessage: 'http status error', data: raw, status, headers });
    }
  }

  async function getAuthCode(options: Callbacks & { scopes: string }): Promise<object> {
    const { scopes } = options;
    if (scopes === 'auth_user' && owner.isReserved) {
      const refused = { error: 11, errorMessage: '用户取消授权' };
      answer(options, 'fail', refused);
      throw Object.assign(new Error('refused'), refused);
    }
    const asked = JSON.stringify({ account: owner.account, scope: scopes });
    const response = await post('/admin/auth-codes', asked);
    const { authCode } = (await response.json()) as { authCode: string };
    const result = { authCode, authSuccessScopes: [scopes], authErrorScopes: {} };
    answer(options, 'success', result);
    return result;
  }

  /** The vendor's page opens in front of the mini-program, and the person passes on it, or goes back. */
  async function startAPVerify(options: Callbacks & { url: string; certifyId: string }): Promise<void> {
    const page = await fetch(options.url);
    if (!(await page.text()).includes('刷脸核验')) throw new Error("The vendor's page does not open.");
    if (owner.leaves) {
      owner.leaves -= 1;
      answer(options, 'success', { resultStatus: '6001', result: null });
      return;
    }
    await post(new URL(page.url).pathname, 'outcome=pass', 'application/x-www-form-urlencoded');
    answer(options, 'success', { resultStatus: '9000', result: { certifyId: options.certifyId } });
  }

  function requestSubscribeMessage(options: Callbacks & { entityIds: string[] }): void {
    // Not of this phone's process, whose arrays are others.
    owner.askedFor.push(Array.from(options.entityIds));
    if (owner.isReserved) answer(options, 'fail', { behavior: 'cancel', errorCode: 11 });
    else answer(options, 'success', { behavior: 'subscribe', show: true, keep: false, refuse: false });
  }

  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${urls.alipaySandbox ?? ''}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      redirect: 'manual',
    });

  const api = {
    canIUse: (name: string) => name in api,
    request: (options: Request) => {
      void request(options);
      return { abort: () => undefined };
    },
    getAuthCode,
    startAPVerify,
    requestSubscribeMessage,
    getStorageSync: ({ key }: { key: string }) => ({ data: storage.get(key) ?? null }),
    setStorageSync: ({ key, data }: { key: string; data: unknown }) => void storage.set(key, data),
    removeStorageSync: ({ key }: { key: string }) => void storage.delete(key),
    getSystemInfoSync: () => ({ pixelRatio: 3 }),
    arrayBufferToBase64: (buffer: ArrayBuffer) => Buffer.from(buffer).toString('base64'),
    createSelectorQuery: () => createQuery(hooks, owner.ink),
    getLaunchOptionsSync: () => ({ path: '', query: {}, scene: '' }),
    onNetworkStatusChange: () => undefined,
    offNetworkStatusChange: () => undefined,
    pageScrollTo: (options: Callbacks) => answer(options, 'success', {}),
    navigateBack: (options: Callbacks) => {
      hooks.back();
      answer(options, 'success', {});
    },
    navigateTo: (options: Callbacks & { url: string }) => {
      hooks.open(options.url);
      answer(options, 'success', {});
    },
  };
  return api;
}

function decoded(bytes: Buffer, type: string, as: NonNullable<Request['dataType']>): unknown {
  if (as === 'text') return bytes.toString();
  if (as === 'base64') return `data:${type};base64,${bytes.toString('base64')}`;
  if (as === 'arraybuffer') return new Uint8Array(bytes).buffer;
  return type.includes('json') ? JSON.parse(bytes.toString()) : undefined;
}

/** Asks what is shown; a canvas without `type="2d"` has no node. */
function createQuery({ screen, take }: Hooks, ink: string[]): object {
  const asked: ((shown: Shown | undefined) => unknown)[] = [];
  const selected: string[] = [];
  const query = {
    select(selector: string) {
      selected.push(selector.slice(1));
      return query;
    },
    node() {
      asked.push((shown) => ({
        node: shown?.attributes.type === '2d' ? createCanvas(ink, () => take(shown)) : undefined,
      }));
      return query;
    },
    boundingClientRect() {
      asked.push((shown) => (shown ? PAD : null));
      return query;
    },
    exec(done: (results: unknown[]) => void) {
      done(asked.map((ask, at) => ask(screen().byId(selected[at] ?? ''))));
    },
  };
  return query;
}

/** A canvas that writes down what is drawn on it. */
function createCanvas(ink: string[], taken: () => void): object {
  const context = new Proxy<Record<string, unknown>>(
    {},
    {
      get:
        (_, command: string) =>
        (...to: number[]) =>
          ink.push(`${command} ${to.join(' ')}`),
    },
  );
  return {
    getContext(kind: string) {
      taken();
      return kind === '2d' ? context : null;
    },
  };
}
