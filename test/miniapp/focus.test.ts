import { phonesOf } from './browser-phone';
import type { BrowserPhone } from './browser-phone';
import { MINUTES, setStage } from '../setup/stage';

// Where the focus of keys and screen readers goes when what has it is taken away, and how long a list becomes.

const stage = setStage('focus', 18_240);
const withPhone = phonesOf(stage);
const { push } = stage;
const laptop = { width: 1280, height: 800, pixelRatio: 1, by: 'keys' } as const;

/** Waits until an element has the focus. */
const hasFocus = (phone: BrowserPhone, selector: string, text = '') =>
  phone.visible(`${selector}:focus`, { hasText: text }).waitFor();

test(
  'a new step is said by its title; a question takes the focus, and gives it back',
  () =>
    withPhone(
      'tester-1',
      async (phone, holder) => {
        await phone.open(holder);
        await phone.chooseDocument(holder);
        await hasFocus(phone, '.picked', '居民身份证');
        await phone.fillIn(holder);
        await phone.pressButton('查看待办事项');
        await hasFocus(phone, '.screen-title', '身份核验');
        const outline = 'getComputedStyle(document.activeElement).outlineStyle';
        expect(await phone.page.evaluate(outline)).toBe('none');
        await phone.prove(holder);
        await hasFocus(phone, '.screen-title', '待办事项');
        await phone.openMatter();
        await hasFocus(phone, '.screen-title', '业务详情');
        await phone.pressButton('这不是我办的');
        await hasFocus(phone, '[role=group]', '请选择原因');
        await phone.page.getByRole('radiogroup', { name: '拒绝原因' }).waitFor();
        expect(await phone.barriers()).toEqual([]);
        await phone.pressButton('暂不拒绝，返回');
        await hasFocus(phone, '[role=button]', '这不是我办的');
        await phone.proveForMatter();
        await hasFocus(phone, '.screen-title', '确认并签字');
        await phone.pressLink('用手机签字');
        await hasFocus(phone, '[role=group]', '请用手机扫描二维码');
        await phone.pressButton('返回，在本机签字');
        await hasFocus(phone, '.link', '用手机签字');
        await phone.pressAndConfirm('取消', '确认取消');
        await hasFocus(phone, '.screen-title', '待办事项');
        await phone.pressLink('授权管理');
        await hasFocus(phone, '.screen-title', '授权管理');
        await phone.pressButton('撤回同意');
        await hasFocus(phone, '[role=group]', '确认撤回');
        await phone.pressButton('确认撤回');
        await phone.shows('撤回时间');
        await hasFocus(phone, '.body');
      },
      laptop,
    ),
  4 * MINUTES,
);

test(
  'a long list is shown in parts, and a page stays below 1,000 nodes',
  () =>
    withPhone('tester-12', async (phone, holder) => {
      const { name } = holder;
      const { type, number } = holder.document;
      for (let at = 1; at <= 41; at += 1)
        await push(`MANY-${at}`, {
          ...{
            version: 1,
            authority: '110105',
            kind: 'change',
            entity: { name: `北京沙箱第${at}号有限公司` },
          },
          sections: [{ title: '变更事项', fields: [{ label: '股东', value: name }] }],
          documents: [{ name: '变更决议', sha256: 'a'.repeat(64) }],
          persons: [{ reference: 'P-1', name, document: { type, number }, roles: ['shareholder'] }],
        });
      await phone.verify(holder);
      const cards = phone.visible('.card', { hasText: '确认期限' });
      await phone.shows('显示更多（还有 22 项）');
      expect(await cards.count()).toBe(20);
      const nodes = await phone.page.evaluate<number>(`(() => {
        const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        let count = 0;
        while (walker.nextNode()) if (walker.currentNode.data !== '') count += 1;
        return count;
      })()`);
      expect(nodes).toBeLessThan(1_000);
      await phone.pressButton('显示更多（还有 22 项）');
      await hasFocus(phone, '#to-do-20 [role=button]');
      expect(await cards.count()).toBe(40);
      await phone.pressButton('显示更多（还有 2 项）');
      expect(await cards.count()).toBe(42);
      expect(await phone.page.getByText('显示更多').count()).toBe(0);
    }),
  3 * MINUTES,
);
