import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { row } from './results.mjs';

const KB = 1024;

/**
 * The sizes of the built files, and what is in them twice.
 * @param {string} dist the folder with the folders `alipay` and `h5`
 */
export function measureSizes(dist) {
  const alipay = join(dist, 'alipay');
  const h5 = join(dist, 'h5');
  const pages = filesIn(h5).filter((file) => /\.(js|css|html)$/.test(file));
  const first = scriptsOf(readFileSync(join(h5, 'index.html'), 'utf8'));
  /** @param {string[]} files */
  const zipped = (files) =>
    sum(files.map((file) => gzipSync(readFileSync(join(h5, file)), { level: 9 }).length)) / KB;
  const { bytes, names } = modulesTwice(h5);
  return [
    row('main package for Alipay', sum(mainPackage(alipay).map((file) => sizeOf(alipay, file))) / KB, {
      unit: 'KB',
      bar: 400,
    }),
    row('scripts of the first screen in the browser, by gzip', zipped(first), {
      unit: 'KB',
      bar: 150,
      note: `${first.length} files`,
    }),
    row('all pages of the browser, by gzip', zipped(pages), {
      unit: 'KB',
      bar: 300,
      note: `${pages.length} files`,
    }),
    row('modules that are in several scripts of the browser', bytes / KB, {
      unit: 'KB',
      bar: 0,
      note: `${names.length} modules${names[0] ? `; most of it is module ${names[0]}` : ''}`,
    }),
  ];
}

/** Those that the page names: the script of the app has the first screen in it. @param {string} page */
function scriptsOf(page) {
  return [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, file]) => /** @type {string} */ (file));
}

/** Without the sub-packages, which a phone loads later. @param {string} folder */
function mainPackage(folder) {
  /** @type {{ subPackages?: { root: string }[], subpackages?: { root: string }[] }} */
  const app = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8'));
  const later = [...(app.subPackages ?? []), ...(app.subpackages ?? [])].map(({ root }) => join(root, '/'));
  return filesIn(folder).filter((file) => !later.some((start) => file.startsWith(start)));
}

/**
 * Modules of at least 1 KB that are in several scripts: under one id, or under several with the same text.
 * @param {string} folder
 */
function modulesTwice(folder) {
  /** @type {Map<string, { id: string, text: string, file: string }[]>} */
  const known = new Map();
  for (const file of filesIn(folder).filter((one) => one.endsWith('.js'))) {
    for (const { id, text } of modulesOf(readFileSync(join(folder, file), 'utf8'))) {
      if (text.length < KB) continue;
      // The minifier gives the variables of a module other names in each script.
      const nameless = text.replace(/(?<![\w$.])[A-Za-z_$][\w$]{0,2}(?![\w$])/g, '_');
      const copies = known.get(id) ?? known.get(nameless) ?? [];
      copies.push({ id, text, file });
      known.set(id, copies).set(nameless, copies);
    }
  }
  const twice = [...new Set(known.values())].filter(
    (copies) => new Set(copies.map(({ file }) => file)).size > 1,
  );
  const wasted = twice
    .map((copies) => ({
      name: `${copies[0]?.id} in ${copies.length} scripts`,
      bytes: sum(copies.slice(1).map(({ text }) => Buffer.byteLength(text))),
    }))
    .sort((one, other) => other.bytes - one.bytes);
  return { bytes: sum(wasted.map(({ bytes }) => bytes)), names: wasted.map(({ name }) => name) };
}

/**
 * The modules of a script of webpack: properties whose names are numbers and whose values are functions.
 * @param {string} script
 */
function modulesOf(script) {
  /** @type {{ id: string, text: string }[]} */
  const modules = [];
  const source = ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  /** @param {ts.Node} node */
  const visit = (node) => {
    const id = idOf(node);
    if (id) modules.push({ id, text: script.slice(node.getStart(source), node.end) });
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return modules;
}

/** @param {ts.Node} node */
function idOf(node) {
  const isModule =
    ts.isMethodDeclaration(node) ||
    (ts.isPropertyAssignment(node) &&
      (ts.isFunctionExpression(node.initializer) || ts.isArrowFunction(node.initializer)));
  if (!isModule) return undefined;
  const { name } = node;
  const text = ts.isStringLiteral(name) || ts.isNumericLiteral(name) ? name.text : '';
  return /^\d+$/.test(text) ? text : undefined;
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
}

/** @param {string} folder @param {string} file */
function sizeOf(folder, file) {
  return statSync(join(folder, file)).size;
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
