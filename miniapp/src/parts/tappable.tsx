import { Button, View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/** What a screen reader says of it, beside its text. */
interface Named {
  role?: 'button' | 'tab';
  'aria-label'?: string;
  'aria-busy'?: boolean;
  'aria-expanded'?: boolean;
  'aria-selected'?: boolean;
}

/**
 * Everything that is tapped and is no field. In browsers Taro's elements are its own, of which neither readers nor keys know: Enter and
 * Space tap it too.
 */
export function Tappable({
  as: Element = Button,
  className,
  disabled,
  onTap,
  children,
  ...named
}: PropsWithChildren<
  Named & { as?: typeof Button | typeof View; className: string; disabled?: boolean; onTap?: () => void }
>) {
  // A key that is held down taps once, and does not scroll the page.
  const onKeyDown = (event: { key: string; repeat: boolean; preventDefault(): void }) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat && !disabled) onTap?.();
  };
  const forKeys = { tabIndex: 0, hoverClass: 'none', onKeyDown } as object;
  return (
    <Element
      role="button"
      {...named}
      className={className}
      {...(disabled !== undefined && { disabled, 'aria-disabled': disabled })}
      {...forKeys}
      onClick={onTap}
    >
      {children}
    </Element>
  );
}
