import { lastValidDay } from '../../domain/document-validity';
import { shanghaiDay } from '../../domain/shanghai-time';
import { phonesOf } from './browser-phone';
import { MINUTES, setStage } from '../setup/stage';

// The form at the beginning: a country by name, a date within limits, and what comes next with each document.

const stage = setStage('entry-form', 18_210);
const withPhone = phonesOf(stage);

const typeOf = (type: string) => ({ document: { type, number: '' } });

test(
  'the page promises only the checks that a document has',
  () =>
    withPhone('tester-5', async (phone, holder) => {
      await phone.open(holder);
      await phone.shows('接下来：按证件类型进行核验。');
      for (const [type, next] of [
        ['resident-id', '接下来：核对证件信息，再进行人像核验和本人银行卡核验。'],
        ['taiwan-travel-permit', '接下来：核对证件信息，再进行人像核验。'],
        ['overseas-chinese-passport', '接下来：提交后请携带证件到登记机关窗口办理。'],
      ] as const) {
        await phone.chooseDocument(typeOf(type));
        await phone.page.getByText(next, { exact: true }).filter({ visible: true }).waitFor();
      }
    }),
  2 * MINUTES,
);

test.each(['finger', 'keys'] as const)(
  'by %s a country is found by its Chinese or English name or its code',
  (by) =>
    withPhone(
      'tester-6',
      async (phone, holder) => {
        await phone.open(holder);
        await phone.chooseDocument(typeOf('foreign-passport'));
        await phone.shows('请选择签发国家或地区');
        for (const [typed, name] of [
          ['德国', '德国 Germany'],
          ['united st', '美国 United States of America'],
          ['LAO', '老挝 Laos'],
        ] as const) {
          await phone.chooseCountry(typed);
          // The focus is where it was before the list opened.
          await phone.visible('.picked:focus').getByText(name, { exact: true }).waitFor();
        }
        await phone.press(phone.visible('.picked').last());
        await phone.visible('input[name=issuingCountry]:focus').waitFor();
        expect(await phone.barriers()).toEqual([]);
        await phone.fill('issuingCountry', '中国');
        await phone.shows('中国护照请选择华侨持用护照');
        expect(await phone.visible('.option').count()).toBe(0);
      },
      { by },
    ),
  2 * MINUTES,
);

test(
  'the field of a date offers sane days, and says at once what is wrong with a typed one',
  () =>
    withPhone(
      'tester-8',
      async (phone, holder) => {
        await phone.open(holder);
        await phone.chooseDocument(holder);
        const field = phone.visible('input[name=validUntil]');
        const today = shanghaiDay(new Date());
        expect(await field.getAttribute('min')).toBe(today);
        expect(await field.getAttribute('max')).toBe(lastValidDay(today));
        const error = phone.visible('.field-error');
        const saysAfter = async (message: string) => {
          // By keys the focus would go through the parts of the date.
          await phone.visible('input[name=documentNumber]').focus();
          await error.getByText(message, { exact: true }).waitFor();
        };
        await field.fill('2020-01-31');
        await saysAfter('证件已过有效期，请换领后再办理。');
        await field.fill('2199-01-31');
        await saysAfter('有效期截止日期有误，请核对。');
        // Typed into the parts of the field, which this Chromium has in the order of English: a day that February does not have.
        await field.fill('');
        await field.click({ position: { x: 5, y: 20 } });
        await phone.page.keyboard.type('02302035');
        await saysAfter('日期不完整或不存在，请核对。');
        await field.fill('2035-02-28');
        expect(await error.count()).toBe(0);
      },
      { width: 1280, height: 800, pixelRatio: 1, by: 'mouse' },
    ),
  2 * MINUTES,
);
