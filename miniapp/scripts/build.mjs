// `npm run build` builds for Alipay, H5 and WeChat, `npm run build -- h5` for H5 only; it prints the size of each build.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const targets = process.argv.length > 2 ? process.argv.slice(2) : ['alipay', 'h5', 'weapp'];

// Taro's compiler does not check types.
const tsc = join(root, 'node_modules/typescript/bin/tsc');
if (spawnSync(process.execPath, [tsc, '--noEmit'], { cwd: root, stdio: 'inherit' }).status !== 0)
  process.exit(1);

for (const target of targets) {
  // scripts/miniapp.mjs writes the stamp after its own builds, and must not take this one for an earlier one.
  rmSync(join(root, `dist/${target}.stamp`), { force: true });
  const taro = join(root, 'node_modules/@tarojs/cli/bin/taro');
  const { status, stdout } = spawnSync(process.execPath, [taro, 'build', '--type', target], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', TARO_ENV: target },
  });
  const folder = join(root, 'dist', target);
  const bytes = status === 0 ? sizeOf(folder) : 0;
  if (status !== 0 || bytes === 0) {
    // Taro names the errors on its standard output, after the lines of its progress.
    process.stderr.write(`${stdout.toString()}\nThe build for ${target} failed.\n`);
    process.exit(1);
  }
  if (target === 'h5') zip(folder);
  process.stdout.write(`${target}: ${Math.round(bytes / 1024)} KB in ${folder}\n`);
}

/** Puts the zipped forms of each text beside it: the api sends them as they are (api/pages.ts). */
function zip(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.(html|js|css|svg)$/.test(name))) {
    const path = join(folder, file);
    const text = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(text));
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
  }
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
  }, 0);
}
