// What `npm run build` and `npm run dev` know of dist/: which sources it is made of, and how.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const dist = join(root, 'dist');
/** Says of which sources dist/ was built. */
export const stamp = join(dist, '.stamp');

// Folders without anything that runs in the services.
const APART = [
  ...[
    'bench',
    'node_modules',
    'dist',
    'miniapp',
    'console',
    'registry-client',
    'docs',
    'deploy',
    'samples',
    'scripts',
    'test',
  ],
];

/** Everything that is compiled, and the texts and pages beside it that are read at run time. */
export function sources() {
  return readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || APART.includes(entry.name)) return [];
    if (entry.isDirectory()) {
      return readdirSync(join(root, entry.name), { recursive: true, withFileTypes: true })
        .filter((inner) => inner.isFile() && !inner.name.endsWith('.test.ts'))
        .map((inner) => join(inner.parentPath, inner.name).slice(root.length + 1))
        .sort();
    }
    return entry.name.endsWith('.ts') ? [entry.name] : [];
  });
}

/** @param {string} file */
export function isCopied(file) {
  return !file.endsWith('.ts');
}

/** @param {string} file */
export function copy(file) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  copyFileSync(join(root, file), join(dist, file));
}

/** Of the bundle of workflows, which the worker loads. */
export const bundleEntries = {
  workflows: 'workflows/index.ts',
  // Failures of workflow code are turned into data inside the bundle, so the rule that only codes leave stands there too.
  failureConverter: 'platform/failure-converter.ts',
};

/** @param {string} [cache] a folder that makes every time but the first faster */
export async function bundleWorkflows(cache) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  /** @param {string} file */
  const compiled = (file) => join(dist, file.replace(/\.ts$/, '.js'));
  const { code } = await bundleWorkflowCode({
    workflowsPath: compiled(bundleEntries.workflows),
    failureConverterPath: compiled(bundleEntries.failureConverter),
    logger: new DefaultLogger('WARN'),
    ...(cache && {
      webpackConfigHook: (config) => ({ ...config, cache: { type: 'filesystem', cacheDirectory: cache } }),
    }),
  });
  writeFileSync(join(dist, 'workflow-bundle.js'), code);
}
