import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { readQrCode } from './qr-code';

const folder = mkdtempSync(join(tmpdir(), 'support-'));
const sample = join(__dirname, '../../samples/support-qr.png');
const apis: TestApi[] = [];
afterAll(async () => {
  for (const api of apis) await api.end();
  rmSync(folder, { recursive: true });
});

async function start(qrFile?: string): Promise<TestApi> {
  const api = await startApi({ supportQrCode: readQrCode(qrFile) });
  apis.push(api);
  return api;
}
const ask = ({ server }: TestApi, path: string) => request(server).get(path);

describe('the picture to scan', () => {
  it('is served as it was read, to anybody, and may be kept for an hour', async () => {
    const api = await start(sample);
    expect((await ask(api, '/api/support')).body.hasQrCode).toBe(true);
    const { status, headers, body } = await ask(api, '/api/support/qr-code');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'image/png',
      'public, max-age=3600',
    ]);
    expect(body).toEqual(readFileSync(sample));
  });

  it('is not there where none is configured, and the words say so', async () => {
    const api = await start();
    expect((await ask(api, '/api/support')).body).toMatchObject({ account: '你呼我应', hasQrCode: false });
    const { status, headers, body } = await ask(api, '/api/support/qr-code');
    expect([status, headers['cache-control'], body.error.code]).toEqual([404, 'no-store', 'not_found']);
  });

  it.each([
    ['is not there', undefined, 'file_not_readable'],
    ['is empty', '', 'not_a_png'],
    ['is a JPEG', Buffer.from('ffd8ffe0', 'hex'), 'not_a_png'],
  ])('that %s is refused at the start, by the name of its variable', (_, content, code) => {
    const file = join(folder, code);
    if (content !== undefined) writeFileSync(file, content);
    expect(() => readQrCode(content === undefined ? `${file}-missing` : file)).toThrow(
      expect.objectContaining({ issues: [{ variable: 'SUPPORT_QR_FILE', code }] }),
    );
  });
});

describe('what is asked often', () => {
  // The manual's seven, and what people really ask (complaints about comparable systems).
  it.each([
    ['微信', '目前版本仅支持支付宝小程序核验，后续微信及对应的APP将会陆续上线。'],
    ['验证人员的范围', '华侨持用护照'],
    ['对手机是否有要求', '支持iOS11及以上版本'],
    ['打开方式', '搜索“登记注册身份验证小程序”'],
    ['是否需要注册', '不需要注册，只需要在小程序中录入姓名、证件类型、证件号码'],
    ['哪些信息', '需通过本人人像信息核验及本人银行卡信息核验'],
    ['（刷脸）通不过', '二是人像比对未通过'],
    ['看不到待办事项', '7天'],
    ['照片', '窗口'],
    ['换了手机', '本人的支付宝'],
    ['取消', '待办事项保留'],
    ['多个职务', '身份类型'],
    ['外籍', '窗口'],
    ['代为刷脸', '不可以'],
    ['重新签字', '沿用至新版本'],
    ['撤回同意', '随时结束'],
  ])('%s is answered, with %s', async (question, answer) => {
    const api = apis[0] ?? (await start());
    const { questions, howTo } = (await ask(api, '/api/support')).body as {
      questions: { question: string; answer: string }[];
      howTo: string[];
    };
    expect(questions.find((one) => one.question.includes(question))?.answer).toContain(answer);
    expect(howTo.join()).toContain('【登记注册自然人身份验证系统】');
  });
});
