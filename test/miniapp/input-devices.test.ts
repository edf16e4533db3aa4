import type { Signature } from '../../domain/signature';
import { phonesOf } from './browser-phone';
import { twoCharacters } from './signature-pad';
import { MINUTES, setStage } from '../setup/stage';

// The product without a finger: with a mouse in a wide window, with a pen, and with keys alone.

const stage = setStage('hands', 18_140);
const withPhone = phonesOf(stage);
const laptop = { width: 1280, height: 800, pixelRatio: 1 } as const;
const fourStrokes = twoCharacters.slice(0, 4);

test(
  'a mouse can sign, with its left button only',
  () =>
    withPhone(
      'tester-2',
      async (phone, holder) => {
        await phone.verify(holder);
        await phone.confirm();
        await phone.writeWith('mouse', fourStrokes, { button: 'right' });
        expect(await phone.ink()).toBe(0);
        expect(await phone.button('确认').getAttribute('aria-disabled')).toBe('true');
        // A mere line is no signature, and the page says so.
        await phone.writeWith('mouse', [[0.2, 0.5, 0.8, 0.5]]);
        await phone.pressButton('确认');
        await phone.shows('签字笔画过少，请完整签写姓名。');
        await phone.pressButton('撤销一笔');
        await phone.padIsReady(0);
        await phone.writeWith('mouse', fourStrokes);
        expect(await phone.ink()).toBeGreaterThan(1000);
        // A stroke that leaves the pad ends at its edge, wherever the button is released.
        await phone.writeWith('mouse', [[0.8, 0.8, 1.3, 0.8]], { before: 4 });
        await phone.pressButton('确认');
        await phone.isAt('确认完成');
      },
      { ...laptop, by: 'mouse' },
    ),
  3 * MINUTES,
);

test(
  'a pen can sign, and its pressure is sent',
  () =>
    withPhone(
      'tester-8',
      async (phone, holder) => {
        await phone.verify(holder);
        await phone.confirm();
        await phone.writeWith('pen', twoCharacters, { force: (part) => 0.2 + part * 0.6 });
        const sent = phone.page.waitForRequest((request) => request.url().endsWith('/signature'));
        await phone.pressButton('确认');
        await phone.isAt('确认完成');
        const { strokes } = (await sent).postDataJSON() as Signature;
        expect(strokes).toHaveLength(twoCharacters.length);
        for (const stroke of strokes) {
          const pressures = stroke.map(([, , , pressure]) => pressure);
          expect(pressures[0]).toBeCloseTo(0.2, 1);
          expect(pressures.at(-2)).toBeGreaterThan(0.6);
        }
      },
      { ...laptop, by: 'mouse' },
    ),
  3 * MINUTES,
);

test(
  'with keys alone a person gets from the entry to the pad, through the support page and the lists',
  () =>
    withPhone(
      'tester-9',
      async (phone, holder) => {
        await phone.open(holder);
        await phone.pressLink('技术支持');
        await phone.isAt('技术支持');
        await phone.pressButton('返回');
        await phone.isAt('登记注册身份验证');
        await phone.fillIn(holder);
        await phone.pressButton('查看待办事项');
        await phone.isAt('身份核验');
        await phone.face();
        await phone.shows('请确认这是您刚刚采集的人像');
        await phone.pressButton('查看待办事项');
        await phone.isAt('待办事项');
        await phone.press(phone.visible('.tab').getByText('已办'), { key: 'Space' });
        await phone.press(phone.visible('.tab').getByText('待办'));
        await phone.confirm();
        await phone.isAt('确认并签字');
        // The focus is visible.
        await phone.page.keyboard.press('Tab');
        const outline = 'getComputedStyle(document.activeElement).outlineStyle';
        expect(await phone.page.evaluate(outline)).toBe('solid');
      },
      { ...laptop, by: 'keys' },
    ),
  3 * MINUTES,
);
