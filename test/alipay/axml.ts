import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import { ElementType, parseDocument } from 'htmlparser2';

/** What stands on a screen: a component with what its template gives it, and text. */
export interface Shown {
  tag: string;
  attributes: Record<string, unknown>;
  children: (Shown | string)[];
  parent?: Shown;
}

type Scope = Record<string, unknown>;
type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: object }>;
interface Template {
  body: Node[];
  /** The scripts that the template's own file imports; a template sees no others. */
  scripts: Scope;
}

/** A page's markup with all that it imports, as Alipay's view draws it from the page's data. */
export interface Markup {
  draw(data: Scope): Shown;
}

export function readMarkup(folder: string, file: string): Markup {
  const templates = new Map<string, Template>();
  const page = read(file);
  return {
    draw(data) {
      const root: Shown = { tag: 'page', attributes: {}, children: [] };
      root.children = page.body.flatMap((node) => drawn(node, { ...page.scripts, ...data }, root));
      return root;
    },
  };

  function read(name: string): Template {
    const { children } = parseDocument(readFileSync(join(folder, name), 'utf8'), { xmlMode: true });
    const elements = children.filter(isElement);
    const at = (path = '') => relative(folder, join(folder, dirname(name), path));
    const scripts = Object.fromEntries(
      elements
        .filter((element) => element.name === 'import-sjs')
        .map(({ attribs }) => [attribs.name, readScript(join(folder, at(attribs.from)))]),
    );
    for (const { name: tag, attribs, children: body } of elements) {
      if (tag === 'import') read(at(attribs.src));
      if (tag === 'template' && attribs.name) templates.set(attribs.name, { body, scripts });
    }
    return { body: children, scripts };
  }

  function drawn(node: Node, scope: Scope, parent: Shown): (Shown | string)[] {
    if (node.type === ElementType.Text) {
      const text = wordsOf(valueOf(node.data, scope));
      return text.trim() === '' ? [] : [text];
    }
    if (!isElement(node) || ['import', 'import-sjs'].includes(node.name)) return [];
    const { 'a:for': list, ...attribs } = node.attribs;
    if (list === undefined) return drawnOnce(node, attribs, scope, parent);
    const items = (valueOf(list, scope) ?? []) as unknown[];
    return items.flatMap((item, index) => drawnOnce(node, attribs, { ...scope, item, index }, parent));
  }

  function drawnOnce(
    { name, children }: Element,
    attribs: Record<string, string>,
    scope: Scope,
    parent: Shown,
  ): (Shown | string)[] {
    if (name === 'template') {
      const template = templates.get(String(valueOf(attribs.is ?? '', scope)));
      if (attribs.name || !template) return [];
      const inner = { ...template.scripts, ...dataOf(attribs.data, scope) };
      return template.body.flatMap((node) => drawn(node, inner, parent));
    }
    if (name === 'block') return children.flatMap((node) => drawn(node, scope, parent));
    const attributes = Object.fromEntries(
      Object.entries(attribs).map(([key, value]) => [key, valueOf(value, scope)]),
    );
    const shown: Shown = { tag: name, attributes, children: [], parent };
    shown.children = children.flatMap((node) => drawn(node, scope, shown));
    return [shown];
  }
}

const MUSTACHE = /\{\{([\s\S]+?)\}\}(?!\})/g;

/** What stands between `{{` and `}}`, each as JavaScript. */
export function expressionsOf(name: string, text: string): string[] {
  return [...text.matchAll(MUSTACHE)].map(([, inner = '']) =>
    name === 'data' ? `({${inner}})` : `(${inner})`,
  );
}

/** A lone expression keeps its type; beside text it becomes text. */
function valueOf(text: string, scope: Scope): unknown {
  const [first] = expressionsOf('', text);
  if (first && text.trim().replace(MUSTACHE, '') === '') return evaluated(first, scope);
  return text.replace(MUSTACHE, (_, inner: string) => wordsOf(evaluated(`(${inner})`, scope)));
}

function dataOf(text = '', scope: Scope): Scope {
  const [first = '({})'] = expressionsOf('data', text);
  return evaluated(first, scope) as Scope;
}

const compiled = new Map<string, (scope: Scope) => unknown>();

function evaluated(expression: string, scope: Scope): unknown {
  const known = compiled.get(expression);
  const run =
    known ?? (compileFunction(`with (scope) return ${expression};`, ['scope']) as (scope: Scope) => unknown);
  compiled.set(expression, run);
  // A name that nothing stands for is undefined in a view, and no error.
  return run(new Proxy(scope, { has: () => true }));
}

function readScript(path: string): unknown {
  const code = readFileSync(path, 'utf8').replace('export default', 'module.exports =');
  const module = { exports: {} };
  (compileFunction(code, ['module']) as (module: object) => void)(module);
  return module.exports;
}

/** Of a value that is shown within text, as a view does it. */
function wordsOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function isElement(node: Node): node is Element {
  return 'attribs' in node;
}

export function textOf({ children }: Shown): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** All that stands in it, itself first. */
export function allIn(shown: Shown): Shown[] {
  return [shown, ...shown.children.flatMap((child) => (typeof child === 'string' ? [] : allIn(child)))];
}
