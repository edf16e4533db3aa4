// `npm run registry:check -- URL`: a conformance run for the test system of a registration system. It plays the identity check: it sends
// right and wrong callbacks to URL, takes pushes on loopback, and says line by line what is right, what is wrong, and what to do.
//   URL                     of the receiver of callbacks; without it no callbacks are sent
//   --key FILE --key-id ID  the Ed25519 key (PEM) that signs callbacks; unless given, one is made in --keys
//   --keys FOLDER           where keys are kept that this run makes; .data/registry-check unless given
//   --matter ID             the external id in callbacks; CHECK-1 unless given
//   --systems FILE          the registration system with its keys and rights, in the form of REGISTRIES_FILE: pushes are taken
//   --port NUMBER           where pushes are taken; 9300 unless given
//   --public-url URL        the address that pushes are signed for, if it is another one
import './node-version.mjs';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkReceiver } from './registry-check/callbacks.mjs';
import { listenForPushes, taskTexts } from './registry-check/pushes.mjs';
import { createReport } from './registry-check/report.mjs';
import { UserError, userMessageOf } from './user-error.mjs';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const { report, count } = createReport();

try {
  await check();
  const { right, wrong, undecided } = count;
  const open = undecided > 0 ? [`，${undecided} 项未能判断`, `, ${undecided} undecided`] : ['', ''];
  process.stdout.write(
    `\n${right} 项正确，${wrong} 项有误${open[0]} · ${right} right, ${wrong} wrong${open[1]}\n`,
  );
  process.exitCode = wrong + undecided === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${userMessageOf(error)}\n`);
  process.exitCode = 2;
}

async function check() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      'key-id': { type: 'string', default: 'registry-check-1' },
      keys: { type: 'string', default: join(root, '.data/registry-check') },
      matter: { type: 'string', default: 'CHECK-1' },
      systems: { type: 'string' },
      port: { type: 'string', default: '9300' },
      'public-url': { type: 'string' },
    },
  });
  const [url] = positionals;
  if (url === undefined && values.systems === undefined) {
    throw new UserError('Say where callbacks are received (URL) or who pushes (--systems FILE).');
  }
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new UserError(`This is no URL: ${url}`);
    const privateKey = values.key ? readFileSync(values.key, 'utf8') : ownKey(values.keys);
    const key = { keyId: values['key-id'], privateKey };
    process.stdout.write(`回调 · callbacks → ${url}\n${introductionOf(key)}\n`);
    const stranger = { keyId: 'registry-check-stranger', privateKey: newKey() };
    await checkReceiver({ url, key, stranger, externalId: values.matter, report });
  }
  if (values.systems !== undefined) await takePushes({ ...values, systems: values.systems });
}

/** @param {{ systems: string, port: string, 'public-url'?: string }} options */
async function takePushes({ systems, port, 'public-url': publicUrl }) {
  const { readRegistries } = /** @type {typeof import('../registry/registries.ts')} */ (
    require(join(root, 'dist/registry/registries.js'))
  );
  const registries = readRegistries(readFileSync(systems, 'utf8'), 'development');
  const listening = await listenForPushes({ port: Number(port), publicUrl, registries, report });
  process.stdout.write(`\n推送 · pushes ← ${listening.url}\n`);
  process.stdout.write(`${taskTexts.map((text, at) => `  ${at + 1}. ${text}`).join('\n')}\n`);
  process.stdout.write('Ctrl-C 结束 · ends it\n\n');
  /** @type {Promise<void>} */
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
  await Promise.race([listening.finished, interrupted]);
  listening.close();
}

/** The key that earlier runs made, or a new one. @param {string} folder */
function ownKey(folder) {
  const file = join(folder, 'callbacks-private.pem');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, newKey(), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

function newKey() {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** @param {{ keyId: string, privateKey: string }} key */
function introductionOf({ keyId, privateKey }) {
  const publicKey = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'pem' });
  return `请登记公钥 · register this public key: ${keyId}\n${publicKey.toString()}`;
}
