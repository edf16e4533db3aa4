import { allIn, textOf } from './axml';
import type { Markup, Shown } from './axml';
import type { RunningPage } from './runtime';

type Handler = (event: object) => unknown;

// What Alipay tells the components around the one that was touched, too.
const BUBBLING = ['tap', 'touchStart', 'touchMove', 'touchEnd'];

/** What the page in front shows now, and what can be done to it. */
export interface Screen {
  text(): string;
  byId(id: string): Shown | undefined;
  /** The innermost of what fits. */
  find(fits: (shown: Shown) => boolean): Shown | undefined;
  /** An event as Alipay's view sends it: only to handlers that the markup binds. */
  send(shown: Shown, type: string, content?: object): void;
}

export function lookAt(page: RunningPage, markup: Markup): Screen {
  const all = allIn(markup.draw(page.data));
  return {
    text: () => textOf(all[0] as Shown),
    byId: (id) => all.find(({ attributes }) => attributes.id === id),
    find: (fits) => all.findLast(fits),
    send(shown, type, content = {}) {
      const name = `${type[0]?.toUpperCase() ?? ''}${type.slice(1)}`;
      const target = placeOf(shown);
      for (let at: Shown | undefined = shown; at; at = BUBBLING.includes(type) ? at.parent : undefined) {
        const caught = at.attributes[`catch${name}`];
        const handler = page[String(caught ?? at.attributes[`on${name}`])] as Handler | undefined;
        handler?.call(page, { type, detail: {}, ...content, target, currentTarget: placeOf(at) });
        if (caught) return;
      }
    },
  };
}

function placeOf({ attributes }: Shown): object {
  return { id: attributes.id, dataset: { sid: attributes['data-sid'] } };
}
