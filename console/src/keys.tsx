import { useEffectEvent, useLayoutEffect, useState } from 'react';
import { Button } from 'antd';
import { Dialog } from './components/dialog';
import { useTexts } from './texts';
import type { Texts } from './texts/zh-CN';

/** The keys in the order of the sheet, by what they do. */
const keyNames = {
  next: 'j',
  previous: 'k',
  enter: 'Enter',
  claim: 'c',
  nextCase: 'n',
  escalate: 'e',
  back: 'u',
  undo: 'z',
  search: '/',
  sheet: '?',
} as const satisfies Partial<Record<keyof Texts['keys'], string>>;

type KeyName = keyof typeof keyNames;

const KEPT_AS = 'console-single-keys';

// Clerks who speak to their computer can turn single keys off (WCAG 2.1.4).
const areOn = () => localStorage.getItem(KEPT_AS) !== 'off';

/** Whether a key was typed into a field, is part of a combination, or belongs to a window above the page. */
function isForSomethingElse({ target, ctrlKey, altKey, metaKey, isComposing }: KeyboardEvent): boolean {
  const isTyping =
    target instanceof HTMLElement &&
    target.matches('input:not([type=radio], [type=checkbox]), textarea, select');
  return (
    isTyping || ctrlKey || altKey || metaKey || isComposing || document.querySelector('dialog[open]') !== null
  );
}

/** Has single keys do something while the component is on the page. */
export function useKeys(handlers: Partial<Record<KeyName, () => void>>): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (!areOn() || isForSomethingElse(event)) return;
    const name = (Object.keys(keyNames) as KeyName[]).find((one) => keyNames[one] === event.key);
    const handler = name && handlers[name];
    if (!handler) return;
    event.preventDefault();
    handler();
  });
  // Before the page is drawn: a key that is pressed as soon as it is seen already works.
  useLayoutEffect(() => {
    document.addEventListener('keydown', handle);
    return () => document.removeEventListener('keydown', handle);
  }, []);
}

/** Moves the focus among the rows of a list: what opens a row has the attribute `data-row`. */
export function useRowKeys(): void {
  const move = (by: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = at < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[at + by];
    next?.focus();
  };
  useKeys({ next: () => move(1), previous: () => move(-1) });
}

export function KeySheet({ onClose }: { onClose: () => void }) {
  const { keys } = useTexts();
  const [on, setOn] = useState(areOn);
  return (
    <Dialog title={keys.title} onClose={onClose}>
      <dl className="keys">
        {(Object.keys(keyNames) as KeyName[]).map((name) => (
          <div key={name}>
            <dt>
              <kbd>{keyNames[name]}</kbd>
            </dt>
            <dd>{keys[name]}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={on}
          onChange={({ target: { checked } }) => {
            localStorage.setItem(KEPT_AS, checked ? 'on' : 'off');
            setOn(checked);
          }}
        />{' '}
        {keys.on}
      </label>
      <div>
        <Button type="primary" onClick={onClose}>
          {keys.close}
        </Button>
      </div>
    </Dialog>
  );
}
