import { documentTypes } from '../../domain/documents';
import { allowedAt, stepNames, stepOf, stopNames } from '../../domain/steps';
import type { Step, Stop } from '../../domain/steps';
import { stuckCauses } from '../../domain/stuck';
import { stuckMessages, userMessageCodes, userMessagesOf } from '../../texts/user-messages';
import { phonesOf as browserPhonesOf } from '../miniapp/browser-phone';
import type { BrowserPhone } from '../miniapp/browser-phone';
import { MINUTES, setStage } from '../setup/stage';
import { clerksAt } from './browser-clerk';
import type { BrowserClerk } from './browser-clerk';
import { phonesOf } from './phones';
import { keepPicture } from './pictures';

const stage = setStage('journey-page', 18_460);
const withClerk = clerksAt(stage);
const withPhone = browserPhonesOf(stage);
const { strand } = phonesOf(stage);

const actionsAbout = (subject: string) =>
  stage.rowsOf(
    `SELECT action, reason FROM clerk_actions WHERE subject_id = '${subject}' AND reason IS NOT NULL ORDER BY id`,
  );

/** Two pictures of face checks, and the same after their time is over. */
const pictures = { isErased: false };

test(
  'a clerk finds a caller by the code on their phone, sees the story, and personal data for a reason only',
  async () => {
    const { journey } = await strand('tester-1', 'undecidable');
    const [row] = (await stage.rowsOf(
      `SELECT case_number AS caseNumber FROM journeys WHERE id = '${journey}'`,
    )) as { caseNumber: string }[];
    const caseNumber = row!.caseNumber;
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      // By the keyboard alone.
      await clerk.open('/flags');
      await clerk.isAt('风险提示');
      await clerk.page.keyboard.press('/');
      await clerk.isAt('查找');
      await clerk.page.keyboard.press('/');
      await clerk.page.keyboard.type(`${caseNumber.slice(0, 4)} ${caseNumber.slice(4)}`);
      await clerk.page.keyboard.press('Enter');
      await clerk.isAt('办理过程');
      // Nothing of it is in the address, not even before the page was left.
      await clerk.page.goBack();
      expect(new URL(clerk.page.url()).search).toBe('');
      await clerk.page.goForward();
      await clerk.isAt('办理过程');

      await clerk.shows('录入信息，开始办理');
      await clerk.shows(/^刷脸核验（当日第 1 次）：未完成，不计次$/);
      await clerk.shows('受阻：核验结果不明确');

      await clerk.shows('**甲');
      expect(await clerk.page.content()).not.toContain('沙箱甲');
      const focused = clerk.page.locator(':focus');
      await clerk.press('查看完整信息');
      await clerk.shows('查看人、时间和事由将记入审计记录。');
      expect(await focused.getAttribute('aria-label')).toBe('请选择查看事由');
      await clerk.press('取消');
      expect(await focused.innerText()).toBe('查看完整信息');
      await clerk.press('查看完整信息');
      await clerk.press('当事人咨询');
      await clerk.shows('沙箱甲');
      expect(await focused.innerText()).toBe('已显示完整信息。');
      await clerk.press('隐藏完整信息');
      await clerk.shows('**甲');
      expect(await clerk.page.content()).not.toContain('沙箱甲');
      expect(await focused.innerText()).toBe('查看完整信息');
      expect(await actionsAbout(journey)).toEqual([{ action: 'show-person', reason: 'inquiry' }]);
      await clerk.page.reload();
      await clerk.shows('**甲');
      expect(await clerk.page.content()).not.toContain('沙箱甲');
      await clerk.press('查看人像');
      await clerk.press('当事人在窗口，核对证件');
      await clerk.shows('本次办理没有采集到人像。');
    });
  },
  2 * MINUTES,
);

test(
  'two portraits stand side by side, are enlarged by keys, and what was erased is said',
  async () => {
    const { journey } = await strand('tester-2', 'undecidable');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      const image = await pictureOfAFace(clerk);
      await clerk.page.route(`**/api/clerk/journeys/${journey}/portraits`, (route) => {
        const taken = { takenAt: '2026-03-01T01:00:00.000Z', mediaType: 'image/png' };
        const portraits = [
          { ...taken, check: 'identity-face', sha256: 'a'.repeat(64), ...(!pictures.isErased && { image }) },
          { ...taken, check: 'matter-face', sha256: 'b'.repeat(64), image },
        ];
        return route.fulfill({ json: { portraits } });
      });
      await clerk.open(`/journeys/${journey}`);
      const show = async () => {
        await clerk.press('查看人像');
        await clerk.press('当事人在窗口，核对证件');
      };
      await show();
      const [first, second] = ['首次刷脸', '签字前刷脸'].map((name) => clerk.page.getByRole('img', { name }));
      const boxes = [await first!.boundingBox(), await second!.boundingBox()];
      expect(boxes[0]!.y).toBe(boxes[1]!.y);
      expect(boxes[0]!.width).toBe(200);
      await clerk.page.getByLabel('放大倍数').focus();
      for (let times = 0; times < 4; times += 1) await clerk.page.keyboard.press('ArrowRight');
      await clerk.page.locator('canvas[width="400"]').first().waitFor();
      expect(await clerk.page.locator('canvas[width="400"]').count()).toBe(2);
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'portraits');
      await clerk.press('收起人像');
      pictures.isErased = true;
      await show();
      await clerk.shows('人像已按期限删除，仅保留摘要。');
    });
  },
  2 * MINUTES,
);

test(
  'by person: all must agree, and what is not there looks like what is not yours',
  async () => {
    const { journey } = await strand('tester-3', 'undecidable');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open('/search');
      await clerk.fill('证件号码', '110101199003070038');
      await clerk.fill('姓名', '另一人');
      await clerk.page.getByLabel('查找事由').selectOption({ label: '当事人咨询' });
      await clerk.press('查找当事人');
      await clerk.shows(/没有找到，或不在您的管辖范围|提交的内容不符合要求/);
      expect(await clerk.barriers()).toEqual([]);
      await keepPicture(clerk, 'search');
      await clerk.fill('编号', journey);
      await clerk.press('查找');
      await clerk.shows('没有找到，或不在您的管辖范围。');
      await clerk.page.setViewportSize({ width: 820, height: 1180 });
      expect(await clerk.fits()).toBe(true);
    });
  },
  2 * MINUTES,
);

test(
  'the columns stand side by side, on a tablet one below the other, in both languages',
  async () => {
    const { journey } = await strand('tester-4', 'window');
    await withClerk({ login: 'reviewer-1' }, async (clerk) => {
      let since: object = {};
      const workflow = `https://temporal.example/namespaces/default/workflows/${journey}`;
      await clerk.page.route(`**/api/clerk/journeys/${journey}`, async (route) => {
        const answer = await route.fetch();
        const { stuck, ...rest } = (await answer.json()) as { stuck: object };
        await route.fulfill({ json: { ...rest, stuck: { ...stuck, ...since }, workflow } });
      });
      await clerk.open(`/journeys/${journey}`);
      await clerk.shows('处理方式');
      const tops = async () =>
        await Promise.all(
          [0, 1, 2].map(async (at) => (await clerk.page.locator('.journey > *').nth(at).boundingBox())!.y),
        );
      const wide = await tops();
      expect(new Set(wide).size).toBe(1);
      await keepPicture(clerk, 'journey-page');
      await clerk.page.setViewportSize({ width: 820, height: 1180 });
      expect(await clerk.fits()).toBe(true);
      const narrow = await tops();
      expect([...narrow].sort((one, other) => one - other)).toEqual(narrow);
      expect(narrow[2]! - narrow[0]!).toBeGreaterThan(300);
      const link = clerk.page.getByRole('link', { name: '在 Temporal 中查看流程' });
      expect(await link.getAttribute('href')).toBe(workflow);
      // What was chosen for one wait is not taken along to the next.
      await clerk.choose(/^认定为本人/);
      since = { since: '2026-03-01T01:00:00.000Z' };
      await clerk.press('刷新');
      await clerk.page.locator('time[datetime="2026-03-01T01:00:00.000Z"]').waitFor();
      expect(await clerk.page.getByRole('radio', { name: /^认定为本人/ }).isChecked()).toBe(false);
      await clerk.press('English');
      await clerk.shows('Entered their data and began');
      await clerk.shows('Please go to the window');
      expect(await clerk.barriers()).toEqual([]);
    });
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.open(`/journeys/${journey}`);
      await clerk.shows('处理方式');
      expect(await clerk.page.getByRole('link', { name: '在 Temporal 中查看流程' }).count()).toBe(0);
    });
  },
  2 * MINUTES,
);

/** Draws a picture in the browser, as a vendor would send one. @returns Base64 */
async function pictureOfAFace(clerk: BrowserClerk): Promise<string> {
  return await clerk.page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 120;
    canvas.height = 160;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#c9a27e';
    pen.ellipse(60, 80, 40, 55, 0, 0, 7);
    pen.fill();
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
}

// Codes that have the phone do something else than to show them.
const otherwise = ['sign_in_again', 'face_passed', 'refusal_recorded'];
const codes = userMessageCodes.filter((code) => !otherwise.includes(code));

/** Every stop with every notice, what stands beside the step at it, and the machine's steps. */
const views: [name: string, view: object][] = [
  ...stopNames.filter((stop) => stepOf(stop) !== 'stuck').map(viewAt),
  ...stepNames.filter((step) => !stopNames.some((stop) => stepOf(stop) === step)).map(viewOfMachine),
  ...stuckCauses.map((cause): [string, object] => [
    `stuck: ${cause}`,
    { ...viewAt('stuck')[1], stuck: stuckBy(cause) },
  ]),
  ...(['matter-stuck', 'in-person', 'matter-in-person'] as const).map((stop): [string, object] => [
    stop,
    { ...viewAt(stop)[1], stuck: stuckBy('in-person') },
  ]),
  ['bank-card, just passed', { ...viewAt('bank-card')[1], notices: userMessagesOf(['face_passed']) }],
  ['face, one begun', { ...viewAt('face')[1], hasFaceCheck: true }],
  [
    'face, at the window only',
    { ...viewAt('face')[1], allowed: ['decline', 'ask-in-person'], onlyAtWindow: true },
  ],
];

function viewAt(stop: Stop): [string, object] {
  const isInMatter = stop.startsWith('matter') || ['signing', 'completed'].includes(stop);
  return [
    stop,
    {
      ...{ step: stepOf(stop), allowed: allowedAt(stop), revision: 7, caseNumber: '26030112345674' },
      ...{ notices: userMessagesOf(codes), consentsGiven: [], hasFaceCheck: false },
      person: {
        ...{ name: '**甲', documentType: 'resident-id', number: '110*************14' },
        documentName: documentTypes['resident-id'].name,
      },
      attempts: { left: 3, resetsAt: '2026-03-01T16:00:00.000Z' },
      ...(isInMatter && { toDoId: '00000000-0000-4000-8000-000000000001' }),
      ...(stop === 'signing' && { signing: { until: '2026-03-01T16:00:00.000Z', secondsLeft: 500 } }),
      ...(stop === 'completed' && {
        completed: { evidenceNumber: '20260301-ABCDEFGHJK', confirmedAt: '2026-03-01T02:00:00.000Z' },
      }),
    },
  ];
}

function viewOfMachine(step: Step): [string, object] {
  return [step, { ...viewAt('face')[1], step, allowed: [], notices: [] }];
}

function stuckBy(cause: (typeof stuckCauses)[number]): object {
  return { cause, message: stuckMessages[cause], since: '2026-03-01T01:00:00.000Z', showsCode: false };
}

interface Drawn {
  title: string;
  mark: string;
  notices: string[];
  buttons: string[];
}

/** What stands in the elements of a page, without the characters that keep lines together. */
const readers = `
  const textOf = (one) => one.innerText.replaceAll('\\u2060', '').replaceAll(/\\s+/g, ' ').trim();
  const textsIn = (within) => (selector) => [...within.querySelectorAll(selector)].map(textOf);`;

/** What a person reads on the screen of the mini-program. */
async function drawnByPhone({ page }: BrowserPhone): Promise<Drawn & { text: string }> {
  await page.locator('.screen-title').filter({ visible: true }).first().waitFor();
  return await page.evaluate<Drawn & { text: string }>(`(() => {
    ${readers}
    const screen = [...document.querySelectorAll('.screen')].find((one) => one.offsetParent !== null);
    const texts = textsIn(screen);
    return {
      title: texts('.screen-title')[0],
      mark: screen.querySelector('.mark')?.getAttribute('aria-label') ?? '',
      notices: texts('.notice'),
      buttons: texts('.action'),
      text: textOf(screen),
    };
  })()`);
}

/** What the console says that the phone shows. */
async function drawnByConsole({ page }: BrowserClerk): Promise<Drawn & { lines: string[] }> {
  return await page.evaluate<Drawn & { lines: string[] }>(`(() => {
    ${readers}
    const texts = textsIn(document.querySelector('.phone'));
    return {
      title: texts('h3')[0],
      mark: texts('.phone-mark')[0] ?? '',
      notices: texts('.phone-notice'),
      buttons: texts('.phone-buttons li'),
      lines: texts('p:not(.phone-mark), dt, dd'),
    };
  })()`);
}

test(
  'the console shows what the phone shows, at every step and with every notice',
  async () => {
    const { journey } = await strand('tester-5', 'window');
    await withClerk({ login: 'clerk-1' }, async (clerk) => {
      let seen: object = views[0]![1];
      await clerk.page.route(`**/api/clerk/journeys/${journey}`, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...((await answer.json()) as object), seen } });
      });
      await clerk.open(`/journeys/${journey}`);
      await clerk.page.locator('.phone').waitFor();
      await withPhone('tester-6', async (phone, holder) => {
        await phone.open(holder);
        let view: object = {};
        await phone.page.route('**/api/journeys/current', (route) => route.fulfill({ json: view }));
        // What the screen reads beside stays on its way.
        await phone.page.route('**/api/journeys/journey-*/**', () => new Promise<void>(() => {}));
        await phone.page.route('**/api/journeys/journey-*?*', () => new Promise<void>(() => {}));
        for (const [name, shown] of views) {
          const { hasFaceCheck, ...rest } = shown as { hasFaceCheck: boolean };
          const check = hasFaceCheck && { faceCheck: { certifyId: 'c-1', url: 'https://vendor.example/' } };
          view = { ...rest, ...check, id: journey };
          seen = shown;
          await phone.page.reload();
          const { text, ...ofPhone } = await drawnByPhone(phone);
          await Promise.all([
            clerk.page.waitForResponse((answer) => answer.url().endsWith(`/journeys/${journey}`)),
            clerk.press('刷新'),
          ]);
          await clerk.page.locator('.phone h3').getByText(ofPhone.title, { exact: true }).waitFor();
          const { lines, ...ofConsole } = await drawnByConsole(clerk);
          expect({ name, ...ofConsole }).toEqual({ name, ...ofPhone });
          expect([name, lines.filter((line) => !text.includes(line))]).toEqual([name, []]);
        }
      });
    });
  },
  5 * MINUTES,
);
