import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compileFunction, createContext } from 'node:vm';

type Data = Record<string, unknown>;
type Handler = (...args: unknown[]) => unknown;

/** A page as Alipay's runtime makes it from the argument of `Page(…)`. */
export interface RunningPage {
  route: string;
  data: Data;
  [handler: string]: unknown;
}

/** The globals of a mini-program, beside those of the language. There is no window, document, URL or fetch. */
export const GLOBALS = [
  ...['my', 'App', 'Page', 'Component', 'getApp', 'getCurrentPages', 'require', 'module', 'exports'],
  ...['console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'navigator'],
];

/** A running mini-program. The event `changed` follows every change on the screen. */
export interface Running {
  pages: RunningPage[];
  events: EventEmitter<{ changed: [] }>;
  /** Goes to the page before. */
  back(): void;
  /** Ends it as the phone does: from then on it does nothing. */
  kill(): void;
}

/** What `my` can do to the mini-program. */
export interface App {
  open(url: string): void;
  back(): void;
  isAlive(): boolean;
}

/** Runs a built bundle as Alipay does: app.js, every page's script, then the first page of app.json. */
export function launch(folder: string, my: (app: App) => object): Running {
  const described = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as {
    pages: string[];
    subPackages: { root: string; pages: string[] }[];
  };
  const routes = [
    ...described.pages,
    ...described.subPackages.flatMap(({ root, pages: own }) => own.map((page) => join(root, page))),
  ];
  const events = new EventEmitter<{ changed: [] }>();
  const configs = new Map<string, Record<string, unknown>>();
  const pages: RunningPage[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let app: Record<string, unknown> = {};
  let loading = '';
  let isAlive = true;

  const timer = (start: typeof globalThis.setTimeout) => (work: () => void, ms?: number) => {
    const started = start(() => isAlive && work(), ms);
    timers.add(started);
    return started;
  };
  const context = createContext({
    my: my({ open, back, isAlive: () => isAlive }),
    App: (config: Record<string, unknown>) => (app = config),
    Page: (config: Record<string, unknown>) => configs.set(loading, config),
    Component: () => undefined,
    getApp: () => app,
    getCurrentPages: () => pages,
    console,
    setTimeout: timer(globalThis.setTimeout),
    setInterval: timer(globalThis.setInterval as typeof globalThis.setTimeout),
    clearTimeout: globalThis.clearTimeout,
    clearInterval: globalThis.clearInterval,
    navigator: { swuserAgent: 'AlipayClient' },
  });
  const modules = new Map<string, { exports: unknown }>();

  load('app.js');
  (app.onLaunch as Handler | undefined)?.call(app, {});
  (app.onShow as Handler | undefined)?.call(app, {});
  for (loading of routes) load(`${loading}.js`);
  open(`/${routes[0] ?? ''}`);
  return {
    pages,
    events,
    back,
    kill() {
      isAlive = false;
      for (const started of timers) globalThis.clearTimeout(started);
    },
  };

  function load(file: string): unknown {
    const known = modules.get(file);
    if (known) return known.exports;
    const path = join(folder, file);
    const module = { exports: {} };
    modules.set(file, module);
    const require = (name: string) => load(nameOf(join(dirname(path), name)));
    const run = compileFunction(readFileSync(path, 'utf8'), ['require', 'module', 'exports'], {
      filename: path,
      parsingContext: context,
    });
    run(require, module, module.exports);
    return module.exports;
  }

  function nameOf(path: string): string {
    return relative(folder, existsSync(path) ? path : `${path}.js`);
  }

  function open(url: string): void {
    const { pathname, searchParams } = new URL(url, 'https://app');
    const route = pathname.slice(1);
    const config = configs.get(route);
    if (!config) throw new Error(`There is no page ${route}.`);
    (pages.at(-1)?.onHide as Handler | undefined)?.call(pages.at(-1));
    const page: RunningPage = { ...config, route, data: asJson((config.data ?? {}) as Data), setData };
    pages.push(page);
    for (const [name, args] of [
      ['onLoad', [Object.fromEntries(searchParams)]],
      ['onShow', []],
      ['onReady', []],
    ] as const) {
      (page[name] as Handler | undefined)?.apply(page, [...args]);
    }
  }

  function back(): void {
    const left = pages.pop();
    (left?.onUnload as Handler | undefined)?.call(left);
    (pages.at(-1)?.onShow as Handler | undefined)?.call(pages.at(-1));
    events.emit('changed');
  }

  function setData(this: RunningPage, changes: Data, done?: () => void): void {
    for (const [path, value] of Object.entries(changes)) put(this.data, path, asJson(value));
    done?.();
    if (isAlive) events.emit('changed');
  }
}

/** Data reaches the view as JSON. */
function asJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** Sets the value at a path such as `root.cn.[0].cn`. */
function put(data: Data, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop() ?? '';
  const owner = keys.reduce<Data>((at, key) => (at[key] ??= {}) as Data, data);
  owner[last] = value;
}
