import type { BrowserContext, Locator, Page } from 'playwright-core';
import { documentTypes, documentTypesOf } from '../../domain/documents';
import type { Holder } from '../../sandbox/alipay/settings';
import { padOf } from './signature-pad';

// What a person does with the mini-program in a browser. `npm run bench:miniapp` goes the same way.

/** How the person uses it; with a mouse or keys it is a computer. */
export type Hand = 'finger' | 'mouse' | 'keys';

/** @param home the address of the mini-program */
export function handsOn(page: Page, context: BrowserContext, { home, by }: { home: string; by: Hand }) {
  // Taro keeps the pages below in the document, and hides them.
  const visible = (selector: string, of?: { hasText: string }) =>
    page.locator(selector, of).filter({ visible: true });

  /** Presses Tab until the target has the focus, and then the key. */
  const byKeys = async (target: Locator, key: 'Enter' | 'Space') => {
    await target.waitFor();
    // A group, or the text of the page, that has the focus is not pressed by it.
    const isThere = () =>
      target.evaluate((one) => one.matches(':focus, :has(:focus), :focus:not([role=group], [role=main]) *'));
    for (let keys = 0; !(await isThere()); keys += 1) {
      if (keys === 60) throw new Error(`No key leads to ${await target.innerText()}.`);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press(key);
  };
  const press = async (target: Locator, { key = 'Enter' }: { key?: 'Enter' | 'Space' } = {}) => {
    if (by === 'finger') await target.tap();
    else if (by === 'mouse') await target.click();
    else await byKeys(target, key);
  };

  const phone = {
    visible,

    isAt: (title: string) => visible('.screen-title').getByText(title, { exact: true }).first().waitFor(),
    shows: (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    button: (text: string) => visible('.action').getByText(text, { exact: true }).first(),
    /** By finger, mouse or keys, as the person uses the phone. */
    press,
    pressLink: (text: string) => press(visible('.link').filter({ hasText: text }).first()),
    async pressButton(text: string) {
      await press(visible('.action:not(.off)').getByText(text, { exact: true }).first());
    },
    async tick() {
      for (const box of await visible('.consent:has(input[type=checkbox])').all()) {
        if (!(await box.locator('input').isChecked())) await press(box, { key: 'Space' });
      }
    },

    /** Presses a text on a page of Alipay's sandbox. */
    choose: (text: string) => press(page.getByText(text).first()),

    home,

    /** Opens the mini-program and signs in. */
    async open(holder: Holder, query = '') {
      await page.goto(`${phone.home}${query}`);
      await phone.choose(holder.name);
      await phone.isAt('登记注册身份验证');
    },

    async fill(name: string, value: string) {
      await visible(`input[name=${name}]`).fill(value);
    },

    async chooseDocument({ document }: Pick<Holder, 'document'>) {
      await press(visible('.picked').first());
      const [type] = documentTypesOf([document.type]);
      await press(visible('.option').getByText(documentTypes[type!].name, { exact: true }));
    },

    /** Types part of a name, or a code, and chooses the first country that is found. */
    async chooseCountry(typed: string) {
      await press(visible('.picked').last());
      await phone.fill('issuingCountry', typed);
      await press(visible('.option').first());
    },

    /** Presses a button that asks once, and says yes. */
    async pressAndConfirm(text: string, confirm: string) {
      await phone.pressButton(text);
      await phone.pressButton(confirm);
    },

    /** Fills in the form and gives all consents. */
    async fillIn(holder: Pick<Holder, 'name' | 'document'>) {
      const { name, document } = holder;
      await phone.fill('name', name);
      await phone.chooseDocument(holder);
      await phone.fill('documentNumber', document.number);
      if (document.validUntil) await phone.fill('validUntil', document.validUntil);
      if (document.issuingCountry) await phone.chooseCountry(document.issuingCountry);
      await phone.tick();
    },

    async enter(holder: Holder) {
      await phone.open(holder);
      await phone.fillIn(holder);
      await phone.pressButton('查看待办事项');
    },

    async face({ button = '同意协议并认证', outcome = '刷脸通过' } = {}) {
      await phone.tick();
      await phone.pressButton(button);
      await phone.choose(outcome);
    },

    async submitCard(number: string) {
      await phone.fill('cardNumber', number);
      await phone.tick();
      await phone.pressButton('提交核验');
    },

    /** From the page 核验成功 to the end of the bank card check. */
    async card({ bankCards: [card] }: Holder) {
      await phone.isAt('核验成功');
      await phone.pressButton('继续');
      await phone.isAt('银行卡核验');
      await phone.submitCard(card?.number ?? '');
    },

    /** From the entry to the to-dos. */
    async verify(holder: Holder) {
      await phone.enter(holder);
      await phone.prove(holder);
    },

    /** From the first face check to the to-dos. */
    async prove(holder: Holder) {
      await phone.isAt('身份核验');
      await phone.face();
      if (holder.bankCards.length > 0) await phone.card(holder);
      await phone.shows('请确认这是您刚刚采集的人像');
      await phone.pressButton('查看待办事项');
      await phone.isAt('待办事项');
    },

    /** From the to-dos to the signing page of the first one. */
    async confirm({ button }: { button?: string } = {}) {
      await phone.openMatter();
      await phone.proveForMatter({ button });
    },

    /** From the to-dos to the details of the first one. */
    async openMatter() {
      await phone.pressButton('业务确认');
      await phone.isAt('业务详情');
    },

    /** From the details to the signing page. */
    async proveForMatter({ button }: { button?: string } = {}) {
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.face({ button });
      await phone.isAt('确认并签字');
      await phone.padIsReady(0);
    },

    /** Holds back the requests to these addresses. @returns what lets them go */
    async hold(url: string): Promise<() => void> {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(url, async (route) => {
        await released;
        await route.continue();
      });
      return release;
    },

    ...padOf(page, context),
  };
  return phone;
}
