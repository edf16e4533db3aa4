import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { row } from './results.mjs';
import { requireTypeScript } from './typescript.mjs';

/** @import { Holder } from '../sandbox/alipay/settings.ts' */

/** What the page told its view. @typedef {{ route: string, at: number, bytes: number }} Change */

const PREFIX = 'setData ';
const KEY_MS = 100;
const PRESS_MS = 300;

// It stands before app.js: the storage of the phone gets what each page passes to setData.
const RECORDER = `(() => {
  const register = Page;
  let count = 0;
  Page = (config) => register({
    ...config,
    onLoad(...args) {
      const { setData, route } = this;
      this.setData = function (changes, done) {
        const data = { route, at: Date.now(), json: JSON.stringify(changes) };
        my.setStorageSync({ key: '${PREFIX}' + (count += 1), data });
        return setData.call(this, changes, done);
      };
      return config.onLoad?.apply(this, args);
    },
  });
})();
`;

/**
 * How much a person's journey makes the logic of the built mini-program send to its view, on the phone of test/alipay/.
 * @param {{ folder: string, dataDir: string, holder: Holder, urls: Record<string, string> }} bench
 */
export async function measureSetData({ folder, dataDir, holder, urls }) {
  const copy = join(dataDir, 'alipay');
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'app.js'), RECORDER + readFileSync(join(folder, 'app.js'), 'utf8'));
  /** @type {Map<string, unknown>} */
  const storage = new Map();
  await walk(copy, holder, urls, storage);
  const changes = changesIn(storage);
  if (changes.length === 0) throw new Error('The mini-program has set no data.');
  const largest = changes.reduce((one, other) => (other.bytes > one.bytes ? other : one));
  const counts = changes.map(({ at }) => changes.filter((one) => one.at >= at && one.at < at + 1_000).length);
  return [
    row('largest setData in Alipay', largest.bytes / 1024, { unit: 'KB', bar: 256, note: largest.route }),
    row('most setData within a second in Alipay', Math.max(...counts), {
      bar: 19,
      note: `${changes.length} in the journey, with ${1_000 / KEY_MS} keys a second`,
    }),
  ];
}

/** @param {Map<string, unknown>} storage @returns {Change[]} */
function changesIn(storage) {
  return [...storage.entries()]
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([, value]) => {
      const { route, at, json } = /** @type {{ route: string, at: number, json: string }} */ (value);
      return { route, at, bytes: Buffer.byteLength(json) };
    });
}

/**
 * From the entry to the signature, by a person who is quick, but no machine.
 * @param {string} folder
 * @param {Holder} holder
 * @param {Record<string, string>} urls
 * @param {Map<string, unknown>} storage
 */
async function walk(folder, { account, name, document, bankCards }, urls, storage) {
  const { openPhone } = /** @type {typeof import('../test/alipay/alipay-phone.ts')} */ (
    requireTypeScript('../test/alipay/alipay-phone.ts')
  );
  const seen = { files: new Map(), shownPdfs: [], ink: [], requestedTemplates: [] };
  const phone = openPhone(folder, { account, urls, storage, ...seen, refuses: true });
  /** @param {string} hint @param {string} text */
  const type = async (hint, text) => {
    for (let length = 1; length <= text.length; length += 1) {
      await setTimeout(KEY_MS);
      await phone.fill(hint, text.slice(0, length));
    }
  };
  /** @param {string} text */
  const press = async (text) => {
    await setTimeout(PRESS_MS);
    await phone.press(text);
  };
  /** @param {string} text */
  const tick = async (text) => {
    await setTimeout(PRESS_MS);
    await phone.tick(text);
  };
  const passFace = async () => {
    await phone.sees('身份核验');
    await tick('我已阅读');
    await press('同意协议并认证');
  };
  try {
    await phone.sees('证件类型');
    await type('请填写姓名', name);
    await press('请选择证件类型');
    await press('居民身份证');
    await type('请填写证件号码', document.number);
    await tick('为提高认证安全等级');
    await tick('您知悉并同意');
    await press('查看待办事项');
    await passFace();
    await press('继续');
    await type('请填写本人银行卡号', bankCards[0]?.number ?? '');
    await tick('我已阅读');
    await press('提交核验');
    await phone.sees('请确认这是您刚刚采集的人像');
    await phone.seesPicture();
    await press('查看待办事项');
    await press('业务确认');
    await phone.announces('heading', '业务详情');
    await press('确认');
    await passFace();
    await phone.sees('确认并签字');
    await phone.sign();
    await press('确认');
    await phone.sees('确认完成');
  } finally {
    phone.close();
  }
}
