import { encode } from 'uqr';
import { MINUTES, setStage } from '../setup/stage';
import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { showsTheWholePage } from './signing-page';

// 用手机签字: a phone takes the journey over that is open at the signing page of a laptop.

const stage = setStage('handover', 18_250);
const withPhone = phonesOf(stage);
const laptop = { width: 1280, height: 800, pixelRatio: 1, by: 'mouse' } as const;

/** Compares the middle of each module of the picture, as the browser draws it, with the code of the text. */
async function isQrCodeOf(phone: BrowserPhone, text: string): Promise<void> {
  const { size, data } = encode(text, { border: 4 });
  const picture = phone.visible('.qr-code img');
  await picture.waitFor();
  const drawn = await phone.page.evaluate<number[]>(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(await picture.getAttribute('src'))};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = image.naturalWidth;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const module = canvas.width / ${size};
    const middle = (at) => Math.floor((at + 0.5) * module);
    const all = Array.from({ length: ${size} }, (_, at) => at);
    return all.flatMap((y) => all.map((x) => data[(middle(y) * canvas.width + middle(x)) * 4]));
  })()`);
  expect(drawn).toEqual(data.flat().map((isDark) => (isDark ? 0 : 255)));
}

test(
  'a laptop hands its journey over to a phone of the same account, and to no other',
  () =>
    withPhone(
      'tester-8',
      async (computer, holder) => {
        await computer.verify(holder);
        await computer.confirm();
        await showsTheWholePage(computer, 800);
        const offered = computer.page.waitForResponse((response) => response.url().endsWith('/handovers'));
        await computer.pressLink('用手机签字');
        const { code } = (await (await offered).json()) as { code: string };
        const address = `${computer.home}?handover=${code}`;
        await isQrCodeOf(computer, address);
        expect(await computer.barriers()).toEqual([]);
        await withPhone('tester-9', async (strange, stranger) => {
          await strange.page.goto(address);
          await strange.choose(stranger.name);
          await strange.shows('未能接续电脑上的办理');
          await strange.isAt('登记注册身份验证');
        });
        await withPhone('tester-8', async (phone) => {
          await phone.page.goto(address);
          await phone.choose(holder.name);
          await phone.isAt('确认并签字');
          expect(phone.page.url()).not.toContain(code);
          await phone.padIsReady(0);
          await phone.sign();
          await phone.pressButton('确认');
          await phone.isAt('确认完成');
          await computer.isAt('已在手机上继续办理');
          await computer.shows('本页可以关闭');
          expect(await computer.page.evaluate(`localStorage.getItem('session-token')`)).toBeNull();
          await phone.page.reload();
          await phone.isAt('确认完成');
        });
        expect(await computer.barriers()).toEqual([]);
        // The form for complaints needs a session, which only a new sign-in gives.
        await computer.pressLink('技术支持');
        await computer.pressButton('投诉建议');
        await computer.isAt('已在手机上继续办理');
        await computer.pressButton('在本机重新录入');
        await computer.choose(holder.name);
        await computer.isAt('登记注册身份验证');
      },
      laptop,
    ),
  5 * MINUTES,
);

test(
  'a code that the person has put away is no longer good; one that is good leads away from the page at once',
  () =>
    withPhone(
      'tester-11',
      async (computer, holder) => {
        await computer.verify(holder);
        await computer.confirm();
        const offer = async () => {
          const offered = computer.page.waitForResponse((response) => response.url().endsWith('/handovers'));
          await computer.pressLink('用手机签字');
          return `${computer.home}?handover=${((await (await offered).json()) as { code: string }).code}`;
        };
        const first = await offer();
        const withdrawn = computer.page.waitForResponse((response) => response.url().endsWith('/withdrawal'));
        await computer.pressButton('返回，在本机签字');
        expect((await withdrawn).status()).toBe(200);
        await withPhone(holder.account, async (phone) => {
          await phone.page.goto(first);
          await phone.choose(holder.name);
          await phone.shows('未能接续电脑上的办理');
        });
        await computer.writeWith('mouse', [[0.2, 0.2, 0.6, 0.6]]);
        const second = await offer();
        await withPhone(holder.account, async (phone) => {
          await phone.page.goto(second);
          await phone.choose(holder.name);
          await phone.isAt('确认并签字');
          // The journey has not moved: that it has another holder is enough.
          await computer.isAt('已在手机上继续办理');
        });
      },
      laptop,
    ),
  5 * MINUTES,
);

test(
  'keys alone lead to the code for a phone, and to a new one when it is over; the laptop keeps what was written',
  () =>
    withPhone(
      'tester-9',
      async (computer, holder) => {
        await computer.page.clock.install();
        await computer.verify(holder);
        await computer.confirm();
        await computer.writeWith('mouse', [[0.2, 0.2, 0.6, 0.6]]);
        await computer.pressLink('用手机签字');
        await computer.shows('二维码剩余时间 02:');
        await computer.page.clock.fastForward(3 * MINUTES);
        await computer.shows('二维码已失效，请重新生成。');
        expect(await computer.visible('.qr-code').count()).toBe(0);
        await computer.pressButton('重新生成二维码');
        await computer.visible('.qr-code').waitFor();
        await computer.pressButton('返回，在本机签字');
        await computer.padIsReady(1);
        await computer.writeWith('mouse', [[0.3, 0.7, 0.7, 0.2]], { before: 1 });
        await computer.pressButton('确认');
        await computer.isAt('确认完成');
      },
      { ...laptop, by: 'keys' },
    ),
  5 * MINUTES,
);
