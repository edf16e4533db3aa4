import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { WorkflowBundlePath } from '@temporalio/worker';

const root = join(__dirname, '../..');
/** What workflows are made of. */
const parts = ['workflows', 'domain', 'platform'];
const cache = join(root, 'node_modules/.cache/workflow-bundles');

type Changes = Record<string, readonly (readonly [from: string, to: string])[]>;

/**
 * Our workflows, compiled as `npm run build` does it. That takes seconds, so it is kept for as long as the sources stay the same.
 * @param changes to a copy of the sources: in each file every first text is replaced by the second, and must be there
 */
export async function bundle(changes: Changes = {}): Promise<WorkflowBundlePath> {
  const sources = changed(readSources(), changes);
  const codePath = join(cache, `${hashOf(sources)}.js`);
  if (!existsSync(codePath)) {
    const code = await compile(sources);
    mkdirSync(cache, { recursive: true });
    // Whole or not at all, for a test that looks for it at the same time.
    const draft = `${codePath}.${randomUUID()}`;
    writeFileSync(draft, code);
    renameSync(draft, codePath);
  }
  return { codePath };
}

type Sources = Map<string, string>;

function readSources(): Sources {
  const files = parts.flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => join(part, file)),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

function changed(sources: Sources, changes: Changes): Sources {
  const result = new Map(sources);
  for (const [file, replaced] of Object.entries(changes)) {
    for (const [from, to] of replaced) {
      const text = result.get(file) ?? '';
      if (!text.includes(from)) throw new Error(`${file} does not contain: ${from}`);
      result.set(file, text.replaceAll(from, to));
    }
  }
  return result;
}

function hashOf(sources: Sources): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const [file, text] of sources) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex');
}

async function compile(sources: Sources): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rid-workflows-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of sources) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows/index.ts'),
      failureConverterPath: join(folder, 'platform/failure-converter.ts'),
      logger: new DefaultLogger('ERROR'),
    });
    return code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
