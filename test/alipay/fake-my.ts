import type { RenderedElement } from './axml';
import { createFileSystem, USER_DATA_PATH } from './fake-files';
import type { Files } from './fake-files';
import type { App } from './runtime';
import type { Screen } from './screen';

/** The owner of the fake phone, and what lies outside of the mini-program. */
export interface Owner {
  account: string;
  urls: Record<string, string>;
  /** The phone's storage, which outlives the mini-program. */
  storage: Map<string, unknown>;
  files: Files;
  /** The PDFs that Alipay's viewer has shown. */
  shownPdfs: Buffer[];
  /** The drawing commands that a canvas got. */
  ink: string[];
  /** The message templates of each request. */
  requestedTemplates: string[][];
  /** The owner gives neither name and number nor permission for messages. */
  refuses?: boolean;
  /** How often the owner leaves the vendor's page before its end. */
  leaves?: number;
}

/** What `my` can see and do of the mini-program. */
export type Hooks = App & { screen(): Screen; take(canvas: RenderedElement): void };

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

/** Alipay's global object `my`, as far as it is documented and the mini-program uses it. */
export function createMy(owner: Owner, hooks: Hooks): object {
  const { urls, storage } = owner;

  /** Calls back, unless the mini-program has ended. */
  function callBack(callbacks: Callbacks, kind: 'success' | 'fail', result: object): void {
    if (!hooks.isAlive()) return;
    callbacks[kind]?.(result);
    callbacks.complete?.(result);
  }

  async function request(options: Request): Promise<void> {
    // Without API_URL the bundle has relative addresses; this phone adds the address of the test's API.
    const url = new URL(options.url, urls.api);
    const response = await fetch(url, {
      method: options.method,
      headers: options.headers,
      body: options.method === 'POST' ? JSON.stringify(options.data) : undefined,
    }).catch(() => undefined);
    if (!response) {
      callBack(options, 'fail', { error: 12, errorMessage: 'network error' });
      return;
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const { status } = response;
    const headers = Object.fromEntries(response.headers);
    const type = headers['content-type'] ?? '';
    const data = decoded(bytes, type, options.dataType ?? 'json');
    // Unlike WeChat, Alipay fails for every status but 200 (NervJS/taro#14366).
    if (data === undefined) callBack(options, 'fail', { error: 14, errorMessage: 'JSON parse data error' });
    else if (status === 200) callBack(options, 'success', { data, status, headers });
    // It is not documented whether the body is parsed then. Here both happen.
    else {
      const raw = status < 400 ? data : bytes.toString();
      callBack(options, 'fail', { error: 19, errorMessage: 'http status error', data: raw, status, headers });
    }
  }

  async function getAuthCode(options: Callbacks & { scopes: string }): Promise<object> {
    const { scopes } = options;
    if (scopes === 'auth_user' && owner.refuses) {
      const refused = { error: 11, errorMessage: '用户取消授权' };
      callBack(options, 'fail', refused);
      throw Object.assign(new Error('refused'), refused);
    }
    const body = JSON.stringify({ account: owner.account, scope: scopes });
    const response = await post('/admin/auth-codes', body);
    const { authCode } = (await response.json()) as { authCode: string };
    const result = { authCode, authSuccessScopes: [scopes], authErrorScopes: {} };
    callBack(options, 'success', result);
    return result;
  }

  /** The vendor's page opens in front of the mini-program. The person passes the check, or goes back early. */
  async function startAPVerify(options: Callbacks & { url: string; certifyId: string }): Promise<void> {
    const page = await fetch(options.url);
    if (!(await page.text()).includes('刷脸核验')) throw new Error("The vendor's page does not open.");
    if (owner.leaves) {
      owner.leaves -= 1;
      callBack(options, 'success', { resultStatus: '6001', result: null });
      return;
    }
    await post(new URL(page.url).pathname, 'outcome=pass', 'application/x-www-form-urlencoded');
    callBack(options, 'success', { resultStatus: '9000', result: { certifyId: options.certifyId } });
  }

  function requestSubscribeMessage(options: Callbacks & { entityIds: string[] }): void {
    // The mini-program's arrays have another prototype than the test's.
    owner.requestedTemplates.push(Array.from(options.entityIds));
    if (owner.refuses) callBack(options, 'fail', { behavior: 'cancel', errorCode: 11 });
    else callBack(options, 'success', { behavior: 'subscribe', show: true, keep: false, refuse: false });
  }

  function openDocument(options: Callbacks & { filePath: string; fileType?: string }): void {
    const file = owner.files.get(options.filePath);
    if (!file || options.fileType !== 'pdf') {
      callBack(options, 'fail', { error: 10022, errorMessage: 'no such file' });
      return;
    }
    owner.shownPdfs.push(file);
    callBack(options, 'success', {});
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
    openDocument,
    env: { USER_DATA_PATH },
    getFileSystemManager: () => createFileSystem(owner.files, callBack),
    getStorageSync: ({ key }: { key: string }) => ({ data: storage.get(key) ?? null }),
    setStorageSync: ({ key, data }: { key: string; data: unknown }) => void storage.set(key, data),
    removeStorageSync: ({ key }: { key: string }) => void storage.delete(key),
    getSystemInfoSync: () => ({ pixelRatio: 3 }),
    arrayBufferToBase64: (buffer: ArrayBuffer) => Buffer.from(buffer).toString('base64'),
    createSelectorQuery: () => createQuery(hooks, owner.ink),
    getLaunchOptionsSync: () => ({ path: '', query: {}, doubles: '' }),
    onNetworkStatusChange: () => undefined,
    offNetworkStatusChange: () => undefined,
    pageScrollTo: (options: Callbacks) => callBack(options, 'success', {}),
    navigateBack: (options: Callbacks) => {
      hooks.back();
      callBack(options, 'success', {});
    },
    navigateTo: (options: Callbacks & { url: string }) => {
      hooks.open(options.url);
      callBack(options, 'success', {});
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

/** Alipay's selector query. A canvas without `type="2d"` has no node. */
function createQuery({ screen, take }: Hooks, ink: string[]): object {
  const questions: ((element: RenderedElement | undefined) => unknown)[] = [];
  const selected: string[] = [];
  const query = {
    select(selector: string) {
      selected.push(selector.slice(1));
      return query;
    },
    node() {
      questions.push((element) => ({
        node: element?.attributes.type === '2d' ? createCanvas(ink, () => take(element)) : undefined,
      }));
      return query;
    },
    boundingClientRect() {
      questions.push((element) => (element ? PAD : null));
      return query;
    },
    exec(done: (results: unknown[]) => void) {
      done(questions.map((answer, at) => answer(screen().byId(selected[at] ?? ''))));
    },
  };
  return query;
}

/** A canvas that records its drawing commands. */
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
