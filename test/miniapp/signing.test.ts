import type { Signature } from '../../domain/signature';
import { MINUTES, setStage } from '../setup/stage';
import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { placesOf, showsTheWholePage } from './signing-page';

// The signing page: what is on it, and how long it is open.

const stage = setStage('signing', 18_190);
const withPhone = phonesOf(stage);
const { invitationTo, push, rowsOf } = stage;

const inkOf = ({ page }: BrowserPhone) => page.evaluate<string | null>(`sessionStorage.getItem('ink')`);

test(
  'what was written survives a reload of this tab, and goes with the face check it was written for',
  () =>
    withPhone('tester-2', async (phone, holder) => {
      await phone.verify(holder);
      await phone.confirm();
      for (const text of ['北京沙箱乙', '请在此处签写姓名', '剩余时间 09:']) await phone.shows(text);
      await phone.visible('.summary-portrait img').waitFor();
      await showsTheWholePage(phone, 844);
      expect(await phone.visible('.link').filter({ hasText: '用手机签字' }).count()).toBe(0);
      await phone.pressLink('查看业务全部内容');
      await phone.visible('.card-title').getByText('签字').waitFor();
      await phone.pressLink('收起业务全部内容');
      await phone.sign();
      const written = await phone.ink();
      expect(await phone.visible('.pad-prompt').count()).toBe(0);
      await phone.page.reload();
      await phone.padIsReady(5);
      expect(await phone.ink()).toBe(written);
      const another = await phone.context.newPage();
      await another.goto(phone.home);
      await another.locator('#signature-pad[data-strokes="0"]').waitFor();
      await another.close();
      await phone.pressButton('取消');
      await phone.pressButton('确认取消');
      await phone.isAt('待办事项');
      expect(await inkOf(phone)).toBeNull();
      await phone.openMatter();
      const release = await phone.hold('**/api/legal-texts/**');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      // What holds is not asked for again, not even while its text is on its way.
      expect(await phone.visible('input[type=checkbox]').count()).toBe(0);
      release();
      await phone.face({ button: '重新核验' });
      await phone.isAt('确认并签字');
      await phone.padIsReady(0);
      await phone.write([[0.1, 0.25, 0.45, 0.26]]);
      await phone.page.reload();
      await phone.padIsReady(1);
      await phone.write(
        [
          [0.28, 0.12, 0.28, 0.62],
          [0.56, 0.19, 0.82, 0.22],
        ],
        1,
      );
      const sent = phone.page.waitForRequest((request) => request.url().endsWith('/signature'));
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
      expect(await inkOf(phone)).toBeNull();
      // The time went on while the page was reloaded.
      const times = ((await sent).postDataJSON() as Signature).strokes.flat().map(([, , time]) => time);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect([times[0], times.at(-1)! > 500, times.at(-1)! < 5 * MINUTES]).toEqual([0, true, true]);
    }),
  4 * MINUTES,
);

test(
  'on the smallest phone and in large print nothing overflows, and pad and buttons are seen together',
  () =>
    withPhone(
      'tester-3',
      async (phone, holder) => {
        await phone.verify(holder);
        await phone.confirm();
        expect(await phone.fits()).toBe(true);
        const { pad, end } = await placesOf(phone);
        expect(end - pad).toBeLessThan(568);
        await phone.pressLink('大字版');
        expect(await phone.fits()).toBe(true);
        expect(await phone.barriers()).toEqual([]);
      },
      { width: 320, height: 568 },
    ),
  3 * MINUTES,
);

test(
  'the time to sign is counted, said aloud at its marks, and leads to another face check when it is over',
  () =>
    withPhone('tester-1', async (phone, holder) => {
      await phone.page.clock.install();
      await phone.verify(holder);
      await phone.confirm();
      const said = phone.visible('.countdown').locator('.unseen');
      const left = async (seconds: number) => {
        await rowsOf(
          `UPDATE attempts SET ended_at = UTC_TIMESTAMP(3) - INTERVAL ${600 - seconds} SECOND WHERE purpose = 'matter-face'`,
        );
        await phone.page.reload();
      };
      await left(330);
      await phone.shows('剩余时间 05:');
      expect(await said.innerText()).toBe('');
      await phone.page.clock.fastForward(40_000);
      await phone.shows('剩余时间 04:');
      expect(await said.innerText()).toBe('签字时间还剩 5 分钟。');
      await phone.page.clock.fastForward(250_000);
      expect(await said.innerText()).toBe('签字时间还剩 1 分钟。');
      await phone.sign();
      await phone.page.clock.fastForward(60_000);
      await phone.shows('签字时限已过，请重新刷脸核验。');
      expect(await phone.visible('#signature-pad').count()).toBe(0);
      expect(await inkOf(phone)).toBeNull();
      // As the server sees it.
      await left(0);
      await phone.shows('签字时限已过，请重新刷脸核验。');
      await phone.button('这不是我办的').waitFor();
      expect(await phone.barriers()).toEqual([]);
      await phone.pressButton('重新核验');
      await phone.isAt('业务详情');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.face({ button: '重新核验' });
      await phone.isAt('确认并签字');
      await phone.padIsReady(0);
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
    }),
  4 * MINUTES,
);

test(
  'when the time is over, the matter of an invitation opens once',
  () =>
    withPhone('tester-4', async (phone, holder) => {
      await phone.open(holder, `?invitation=${await invitationTo('SAMPLE-0003', 'liaison')}`);
      await phone.fillIn(holder);
      await phone.pressButton('查看待办事项');
      await phone.isAt('身份核验');
      await phone.face();
      await phone.card(holder);
      await phone.shows('请确认这是您刚刚采集的人像');
      await phone.pressButton('查看待办事项');
      await phone.isAt('业务详情');
      await phone.proveForMatter();
      await rowsOf(
        "UPDATE attempts SET ended_at = UTC_TIMESTAMP(3) - INTERVAL 600 SECOND WHERE purpose = 'matter-face'",
      );
      await phone.page.reload();
      await phone.shows('签字时限已过，请重新刷脸核验。');
      await phone.pressButton('重新核验');
      await phone.isAt('业务详情');
      await phone.pressButton('返回');
      await phone.isAt('待办事项');
    }),
  3 * MINUTES,
);

test(
  'where the names differ both stand at the top in full, and nothing is promised',
  () =>
    withPhone('tester-10', async (phone, holder) => {
      const { type, number } = holder.document;
      await push('DIFFERS-1', {
        version: 1,
        authority: '110105',
        kind: 'change',
        entity: { name: '北京沙箱改名有限公司' },
        sections: [{ title: '变更事项', fields: [{ label: '股东', value: 'SAMPLE TAI WOMAN' }] }],
        documents: [{ name: '变更决议', sha256: 'a'.repeat(64) }],
        persons: [
          {
            ...{ reference: 'P-1', name: 'SAMPLE TAI WOMAN', document: { type, number } },
            roles: ['shareholder'],
          },
        ],
      });
      await phone.verify(holder);
      await phone.press(phone.visible('.card', { hasText: '改名' }).locator('.action'));
      await phone.isAt('业务详情');
      const notice = phone.visible('.notice').first();
      await notice.waitFor();
      const text = await notice.innerText();
      for (const name of ['SAMPLE TAI WOMAN', 'SAMPLE TAI MAN']) expect(text).toContain(name);
      const below = phone.visible('.card').first();
      expect((await notice.boundingBox())!.y).toBeLessThan((await below.boundingBox())!.y);
      expect(await phone.screen()).not.toContain('接下来');
      expect(await phone.button('确认').count()).toBe(0);
      await phone.button('这不是我办的').waitFor();
    }),
  3 * MINUTES,
);
