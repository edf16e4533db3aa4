import type { Plugin } from 'vite';

/** By these antd gives a component its styles: the name comes first, then the functions that make the styles. */
const MAKERS = ['genStyleHooks', 'genComponentStyleHook', 'genSubStyleComponent'];

interface Node {
  type: string;
  start: number;
  end: number;
}

/**
 * Leaves out of the scripts what makes antd's styles: the styles are in a file already (antd-styles.ts), and these functions are a
 * quarter of each component.
 */
export function withoutStyleFunctions(): Plugin {
  return {
    name: 'without-style-functions',
    apply: 'build',
    transform(code, id) {
      if (!/\/antd\/es\/.*\/style\/[\w-]+\.js$/.test(id)) return undefined;
      // The calls are statements of their own or stand behind `export default`, never inside of one another.
      const functions = callsIn(this.parse(code)).flatMap(({ arguments: [, first, ...others] }) =>
        first ? [{ start: first.start, end: (others.at(-1) ?? first).end }] : [],
      );
      let text = code;
      for (const { start, end } of functions.reverse())
        text = `${text.slice(0, start)}() => []${text.slice(end)}`;
      return { code: text, map: null };
    },
  };
}

type Call = Node & { callee: Node & { name?: string }; arguments: Node[] };

function callsIn(value: unknown): Call[] {
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Partial<Call>;
  if (node.type === 'CallExpression' && MAKERS.includes(node.callee?.name ?? '')) return [value as Call];
  return Object.values(value).flatMap((part: unknown) => callsIn(part));
}
