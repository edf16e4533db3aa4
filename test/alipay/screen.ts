import { allIn, textOf } from './axml';
import type { Markup, RenderedElement } from './axml';
import type { RunningPage } from './runtime';

type Handler = (event: object) => unknown;

// Events that also reach the components around the one that was touched.
const BUBBLING = ['tap', 'touchStart', 'touchMove', 'touchEnd'];

/** What the front page shows now. */
export interface Screen {
  text(): string;
  byId(id: string): RenderedElement | undefined;
  /** The innermost element that matches. */
  find(matches: (element: RenderedElement) => boolean): RenderedElement | undefined;
  /** Sends an event like Alipay's view: only to handlers that the markup binds. */
  send(element: RenderedElement, type: string, content?: object): void;
}

export function lookAt(page: RunningPage, markup: Markup): Screen {
  const all = allIn(markup.render(page.data));
  return {
    text: () => textOf(all[0] as RenderedElement),
    byId: (id) => all.find(({ attributes }) => attributes.id === id),
    find: (matches) => all.findLast(matches),
    send(element, type, content = {}) {
      const name = `${type[0]?.toUpperCase() ?? ''}${type.slice(1)}`;
      const target = placeOf(element);
      for (
        let at: RenderedElement | undefined = element;
        at;
        at = BUBBLING.includes(type) ? at.parent : undefined
      ) {
        const caught = at.attributes[`catch${name}`];
        const handler = page[String(caught ?? at.attributes[`on${name}`])] as Handler | undefined;
        handler?.call(page, { type, detail: {}, ...content, target, currentTarget: placeOf(at) });
        if (caught) return;
      }
    },
  };
}

function placeOf({ attributes }: RenderedElement): object {
  return { id: attributes.id, dataset: { sid: attributes['data-sid'] } };
}
