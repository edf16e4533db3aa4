import type { BrowserPhone } from './browser-phone';

/** Where the title begins, the pad begins and 【确认】 ends, in pixels from the top of the screen. */
export async function placesOf(phone: BrowserPhone): Promise<{ title: number; pad: number; end: number }> {
  const boxes = [phone.visible('.screen-title'), phone.visible('.pad-paper'), phone.button('确认')];
  const [title, pad, button] = await Promise.all(boxes.map((one) => one.boundingBox()));
  return { title: title!.y, pad: pad!.y, end: button!.y + button!.height };
}

/** Whether title and 【确认】 are on the screen together. */
export async function showsTheWholePage(phone: BrowserPhone, height: number): Promise<void> {
  const { title, end } = await placesOf(phone);
  expect([title > 0, end <= height, end]).toEqual([true, true, end]);
}
