import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { phonesOf } from './phones';
import { keepPicture } from './pictures';

const stage = setStage('console-matters', 18_320);
const withClerk = clerksAt(stage);
const { strand } = phonesOf(stage);

const MARKUP = '<img src=x onerror=alert(1)>=1+1有限公司';
const page = (externalId: string) => `/matters/sample-registry/${externalId}`;
const read = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, '../..', file), 'utf8'));

type Person = { account: string; name: string; document: object };
const persons = read('samples/persons.json') as Person[];
const { matter: sample } = read('samples/matters/sample-0001.json') as { matter: { version: number } };
/** Pushes a matter that these persons have to confirm. */
async function push(externalId: string, accounts: string[], changes: object = {}): Promise<void> {
  const named = accounts.map((account, at) => {
    const { name, document } = persons.find((one) => one.account === account)!;
    return { reference: `P-${at + 1}`, name, document, roles: ['shareholder'] };
  });
  await stage.push(externalId, { ...sample, persons: named, ...changes });
}
const count = async (sql: string) =>
  ((await stage.rowsOf(`SELECT COUNT(*) AS n FROM ${sql}`)) as [{ n: number }])[0].n;
/** Looks until nothing is a barrier, in light, dark, on a desk and on a tablet. */
async function looksRight(clerk: BrowserClerk, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await clerk.page.emulateMedia({ colorScheme });
    expect([name, await clerk.barriers()]).toEqual([name, []]);
    for (const width of [1280, 820]) {
      await clerk.page.setViewportSize({ width, height: 900 });
      expect([name, width, await clerk.fits()]).toEqual([name, width, true]);
      await keepPicture(clerk, `${name}-${colorScheme}-${width}`);
    }
  }
  await clerk.page.emulateMedia({ colorScheme: 'light' });
  await clerk.page.setViewportSize({ width: 1280, height: 900 });
}

test(
  'a matter shows what was confirmed with its proofs, which the page verifies; markup in a name is text',
  async () => {
    await push('CONSOLE-1', ['tester-1', 'tester-2'], { entity: { name: MARKUP } });
    const { journey } = await strand('tester-1', 'signed');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.page.getByRole('link', { name: '业务', exact: true }).click();
      await clerk.isAt('业务');
      await clerk.page.getByRole('row').filter({ hasText: MARKUP }).getByRole('link').waitFor();
      expect(await clerk.page.locator('main img').count()).toBe(0);
      await looksRight(clerk, 'matters');
      await clerk.page.getByRole('link', { name: 'CONSOLE-1' }).click();
      await clerk.isAt('业务详情');
      await clerk.shows(MARKUP);
      await clerk.shows('北京市朝阳区');
      const first = clerk.page.getByRole('article').filter({ hasText: '**甲（P-1）' });
      await first.getByText('已确认签字').waitFor();
      expect(await first.getByRole('link').getAttribute('href')).toContain(journey);
      await clerk.shows(/^110\*+15$/);
      expect(await clerk.page.locator('main').innerHTML()).not.toMatch(/沙箱[甲乙]/);
      // The seal, its time stamp and its leaf follow within seconds.
      const proven = clerk.page.locator('li').filter({ hasText: '存证编号' });
      const deadline = Date.now() + 30_000;
      for (;;) {
        await clerk.page.reload();
        await proven.getByText('存证编号').waitFor();
        const text = await proven.innerText();
        if (/第 \d+ 条/.test(text) && text.includes('已封存')) break;
        if (Date.now() > deadline) throw new Error(text);
      }
      await proven.getByRole('button', { name: /^核验存证/ }).click();
      await clerk.shows(/已由本页核验：该存证在有 \d+ 条记录的日志中/);
      const findings = await proven.getByRole('row').allInnerTexts();
      expect(findings.filter((row) => row.includes('不符'))).toEqual([]);
      expect(findings.filter((row) => row.includes('相符')).length).toBeGreaterThanOrEqual(4);
      await looksRight(clerk, 'matter');
      // One changed byte of the signature is found.
      await stage.rowsOf("UPDATE evidence_seals SET jws = CONCAT(LEFT(jws, LENGTH(jws) - 4), 'AAAA')");
      await proven.getByRole('button', { name: /^核验存证/ }).click();
      await proven.getByRole('row').filter({ hasText: '不符' }).first().waitFor();
      expect(await clerk.barriers()).toEqual([]);
    });
  },
  5 * MINUTES,
);

test(
  'callbacks that do not arrive show their tries and are delivered again; an invitation is sent again once an hour',
  async () => {
    const setMode = (mode: string) =>
      fetch(`${stage.urls().registrySandbox ?? ''}/admin/mode`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mode }),
      });
    await setMode('500');
    await push('CONSOLE-2', ['tester-3']);
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(page('CONSOLE-2'));
      await clerk.isAt('业务详情');
      const invite = '请登记系统重发邀请 *****箱（P-1）';
      const stale = await clerk.context.newPage();
      await stale.goto(clerk.page.url());
      const again = stale.getByRole('button', { name: invite, exact: true });
      await again.waitFor();
      await clerk.press(invite);
      await clerk.shows('已请登记系统重发邀请。');
      // The same page in another tab, stale by then: the refusal has a sentence.
      await again.click();
      await stale.getByText('一小时内已请登记系统向该人员重发邀请').waitFor();
      await stale.close();
      const deadline = Date.now() + 30_000;
      while ((await count("delivery_tries WHERE outcome = 'callback_rejected' AND status = 500")) < 2) {
        if (Date.now() > deadline) throw new Error('There were no tries.');
        await clerk.page.reload();
        await clerk.isAt('业务详情');
      }
      await clerk.page.reload();
      await clerk.shows(/未接收（HTTP 500）/);
      await clerk.shows(/下次 /);
      expect(await clerk.button(invite).isDisabled()).toBe(true);
      await looksRight(clerk, 'callbacks');
      await setMode('up');
      await clerk.press('重新送达');
      await clerk.shows('正在重新送达。');
      const delivered = clerk.page.getByRole('row').filter({ hasText: '已送达' });
      while ((await delivered.count()) < 2) {
        if (Date.now() > deadline + 30_000) throw new Error('They do not arrive.');
        await clerk.page.reload();
        await clerk.isAt('业务详情');
      }
      await clerk.shows(/登记系统已确认收到（HTTP 200）/);
      expect(await clerk.button('重新送达').count()).toBe(0);
    });
    const matter = "(SELECT id FROM matters WHERE external_id = 'CONSOLE-2')";
    expect(await count(`deliveries WHERE event = 'invitation.issued' AND matter_id = ${matter}`)).toBe(2);
    expect(
      await count(
        "clerk_actions WHERE action IN ('send-invitation-again', 'replay-callbacks') AND result = 'done'",
      ),
    ).toBe(2);
  },
  3 * MINUTES,
);

test(
  'a person is found by the whole of document, number and name, once a reason is chosen',
  async () => {
    const { name, document } = persons.find(({ account }) => account === 'tester-1')!;
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const { page: found } = clerk;
      await clerk.open('/search');
      await clerk.fill('证件号码', (document as { number: string }).number);
      await clerk.fill('姓名', name);
      const reason = found.getByLabel('查找事由', { exact: true });
      expect(await reason.inputValue()).toBe('');
      await clerk.press('查找当事人');
      expect(await reason.evaluate((field) => field.matches(':invalid:focus'))).toBe(true);
      await reason.selectOption({ label: '当事人咨询' });
      await clerk.press('查找当事人');
      const said = found.getByRole('status').filter({ hasText: /^找到 \d+ 项。$/ });
      await said.waitFor();
      const results = found.getByRole('region', { name: '查找结果' });
      await results.getByRole('link', { name: 'CONSOLE-1' }).waitFor();
      await results.getByText('第 1 版，待确认，北京市朝阳区').first().waitFor();
      expect(await results.locator('[lang="zh-CN"]').first().innerText()).toBe('北京市朝阳区');
      expect(await found.getByRole('status').getByRole('link').count()).toBe(0);
      await looksRight(clerk, 'found');
    });
    const looks = (await stage.rowsOf(
      "SELECT result, reason FROM clerk_actions WHERE action = 'find-person'",
    )) as object[];
    expect(looks.map((row) => ({ ...row }))).toEqual([{ result: 'done', reason: 'inquiry' }]);
  },
  2 * MINUTES,
);

test(
  'somebody without a phone is served at the window from the matter, by the keyboard alone',
  async () => {
    await push('CONSOLE-3', ['tester-4']);
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open('/matters');
      await clerk.isAt('业务');
      await clerk.page.keyboard.press('/');
      await clerk.page.keyboard.type('CONSOLE-3');
      await clerk.page.keyboard.press('Enter');
      await clerk.isAt('业务详情');
      await clerk.tabTo(clerk.page.getByRole('button', { name: /^无手机，在窗口办理/ }));
      await clerk.page.keyboard.press('Enter');
      const dialog = clerk.page.getByRole('dialog', { name: '在窗口办理' });
      await dialog.waitFor();
      expect(await clerk.barriers()).toEqual([]);
      await clerk.tabTo(dialog.getByRole('button', { name: '打开办理' }));
      await clerk.page.keyboard.press('Enter');
      await clerk.isAt('办理过程');
      await clerk.shows('受阻：到窗口办理');
      await clerk.open(page('CONSOLE-3'));
      await clerk.page.getByRole('link', { name: '等待经办人员处理：到窗口办理' }).waitFor();
    });
  },
  2 * MINUTES,
);

test(
  'a flag shows the persons behind one phone, and its review asks for a second factor again',
  async () => {
    const [flagged] =
      (await stage.rowsOf(`SELECT c.to_do_id AS toDo, c.matter_id AS matter, c.person_key AS person,
      c.journey_id AS journey FROM confirmations AS c WHERE c.state = 'confirmed' LIMIT 1`)) as Record<
        string,
        string
      >[];
    const { toDo, matter, person, journey } = flagged!;
    const device = 'd'.repeat(64);
    await stage.rowsOf(`UPDATE attempts SET device = '${device}' WHERE person_key = '${person}'`);
    for (let n = 0; n < 5; n += 1)
      await stage.rowsOf(`INSERT INTO attempts (id, purpose, journey_id, account, person_key, debits, day, state, command, started_at, ended_at, device)
        SELECT LPAD('${n}', 32, '0'), 'identity-face', 'journey-x', account, LPAD('${n}', 64, 'e'), 'person', day, 'passed', LPAD('${n}', 64, 'f'),
        started_at, ended_at, '${device}' FROM attempts WHERE person_key = '${person}' AND state = 'passed' LIMIT 1`);
    await stage.rowsOf(`INSERT INTO flags (id, to_do_id, matter_id, person_key, kind, severity, raised_at)
      VALUES (UUID(), '${toDo}', '${matter}', '${person}', 'device-shared', 'severe', UTC_TIMESTAMP(3))`);
    await withClerk({ login: 'reviewer-1' }, async (clerk) => {
      await clerk.open('/flags');
      await clerk.page.getByRole('link', { name: '查看提示原因' }).click();
      await clerk.isAt('提示原因');
      const graph = clerk.page.getByRole('group', { name: '人员与手机、账号、人像的关系图' });
      await graph.getByText('手机 1', { exact: true }).waitFor();
      expect(await graph.locator('line').count()).toBe(6);
      expect(await clerk.page.getByRole('row').filter({ hasText: '手机 1' }).count()).toBe(6);
      await looksRight(clerk, 'flag');
      // The person of the flag leads to the journey, by the keyboard too.
      await clerk.tabTo(graph.getByRole('link'));
      await clerk.page.keyboard.press('Enter');
      await clerk.isAt('办理过程');
      expect(clerk.page.url()).toContain(journey);
      await clerk.page.goBack();
      await clerk.isAt('提示原因');
      await stage.rowsOf('UPDATE clerk_sessions SET second_factor_at = second_factor_at - INTERVAL 6 MINUTE');
      // To believe that it was somebody else stops the matter: that is confirmed, and can be left.
      await clerk.press('确认冒用');
      const upholding = clerk.page.getByRole('dialog', { name: '确认冒用' });
      await upholding.getByText('提交后不能撤销。').waitFor();
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'flag-upheld');
      await upholding.getByRole('button', { name: '取消' }).click();
      await clerk.press('排除风险');
      const clearing = clerk.page.getByRole('dialog', { name: '排除风险' });
      await clearing.getByRole('button', { name: '确认排除' }).click();
      expect(await clearing.getByLabel('理由').evaluate((field) => field.matches(':invalid'))).toBe(true);
      await clearing.getByLabel('理由').selectOption({ label: '已联系当事人，确认由本人办理。' });
      await clearing.getByRole('button', { name: '确认排除' }).click();
      const dialog = clerk.page.getByRole('dialog', { name: '请再次验证' });
      await dialog.getByLabel('身份验证器上的验证码').fill(await clerk.code('reviewer-1'));
      await dialog.getByRole('button', { name: '验证', exact: true }).click();
      await clerk.shows(/复核：排除风险/);
      await clerk.shows('已联系当事人，确认由本人办理。');
    });
    const reviews = (await stage.rowsOf(
      "SELECT reason FROM clerk_actions WHERE action = 'review-flag' AND result = 'done'",
    )) as { reason: string }[];
    expect(reviews.map(({ reason }) => reason)).toEqual(['person-confirms']);
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open('/flags?all=true');
      await clerk.shows(/复核：排除风险/);
      expect(await clerk.button('排除风险').count()).toBe(0);
    });
  },
  2 * MINUTES,
);

test(
  'a matter of another authority does not exist, and English is English',
  async () => {
    await stage.rowsOf("UPDATE matters SET authority = '310115' WHERE external_id = 'SAMPLE-0005'");
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      for (const one of ['SAMPLE-0005', 'NO-SUCH-MATTER']) {
        await clerk.open(page(one));
        await clerk.shows('没有找到相应内容');
      }
      await clerk.open(page('CONSOLE-2'));
      await clerk.press('English');
      await clerk.isAt('Matter');
      await clerk.shows('has to confirm');
      expect(await clerk.barriers()).toEqual([]);
      await clerk.press('中文');
    });
  },
  MINUTES,
);
