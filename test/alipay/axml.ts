import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import { ElementType, parseDocument } from 'htmlparser2';

/** A component on the screen, with the attributes that its template gives it, and its content. */
export interface RenderedElement {
  tag: string;
  attributes: Record<string, unknown>;
  children: (RenderedElement | string)[];
  parent?: RenderedElement;
}

type Scope = Record<string, unknown>;
type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: object }>;
interface Template {
  body: Node[];
  /** The scripts that the template's own file imports: it sees no others. */
  scripts: Scope;
}

/** A page's markup with its imports. It renders a page's data like Alipay's view. */
export interface Markup {
  render(data: Scope): RenderedElement;
}

export function readMarkup(folder: string, file: string): Markup {
  const templates = new Map<string, Template>();
  const page = read(file);
  return {
    render(data) {
      const root: RenderedElement = { tag: 'page', attributes: {}, children: [] };
      root.children = page.body.flatMap((node) => render(node, { ...page.scripts, ...data }, root));
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

  function render(node: Node, scope: Scope, parent: RenderedElement): (RenderedElement | string)[] {
    if (node.type === ElementType.Text) {
      const text = asText(valueOf(node.data, scope));
      return text.trim() === '' ? [] : [text];
    }
    if (!isElement(node) || ['import', 'import-sjs'].includes(node.name)) return [];
    const { 'a:for': list, ...attribs } = node.attribs;
    if (list === undefined) return renderOnce(node, attribs, scope, parent);
    const items = (valueOf(list, scope) ?? []) as unknown[];
    return items.flatMap((item, index) => renderOnce(node, attribs, { ...scope, item, index }, parent));
  }

  function renderOnce(
    { name, children }: Element,
    attribs: Record<string, string>,
    scope: Scope,
    parent: RenderedElement,
  ): (RenderedElement | string)[] {
    if (name === 'template') {
      const template = templates.get(String(valueOf(attribs.is ?? '', scope)));
      if (attribs.name || !template) return [];
      const inner = { ...template.scripts, ...dataOf(attribs.data, scope) };
      return template.body.flatMap((node) => render(node, inner, parent));
    }
    if (name === 'block') return children.flatMap((node) => render(node, scope, parent));
    const attributes = Object.fromEntries(
      Object.entries(attribs).map(([key, value]) => [key, valueOf(value, scope)]),
    );
    const element: RenderedElement = { tag: name, attributes, children: [], parent };
    element.children = children.flatMap((node) => render(node, scope, element));
    return [element];
  }
}

const MUSTACHE = /\{\{([\s\S]+?)\}\}(?!\})/g;

/** The expressions between `{{` and `}}`, as JavaScript. */
export function expressionsOf(name: string, text: string): string[] {
  return [...text.matchAll(MUSTACHE)].map(([, inner = '']) =>
    name === 'data' ? `({${inner}})` : `(${inner})`,
  );
}

/** The value of an expression that stands alone keeps its type; within text it becomes text. */
function valueOf(text: string, scope: Scope): unknown {
  const [first] = expressionsOf('', text);
  if (first && text.trim().replace(MUSTACHE, '') === '') return evaluated(first, scope);
  return text.replace(MUSTACHE, (_, inner: string) => asText(evaluated(`(${inner})`, scope)));
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
  // In a view, an unknown name is undefined and no error.
  return run(new Proxy(scope, { has: () => true }));
}

function readScript(path: string): unknown {
  const code = readFileSync(path, 'utf8').replace('export default', 'module.exports =');
  const module = { exports: {} };
  (compileFunction(code, ['module']) as (module: object) => void)(module);
  return module.exports;
}

/** How a view shows a value within text. */
function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function isElement(node: Node): node is Element {
  return 'attribs' in node;
}

export function textOf({ children }: RenderedElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The element itself and all elements in it. */
export function allIn(element: RenderedElement): RenderedElement[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : allIn(child)))];
}
