import { Button } from '@tarojs/components';
import type { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/** The role and state that a screen reader adds to its text. */
interface Accessibility {
  role?: 'button' | 'tab' | 'link';
  'aria-label'?: string;
  'aria-busy'?: boolean;
  'aria-expanded'?: boolean;
  'aria-selected'?: boolean;
}

/**
 * Everything that can be pressed and is no field. In browsers Taro's elements are elements of its own, which neither screen
 * readers nor keys know: Enter and Space must press them too.
 */
export function Pressable({
  as: Element = Button,
  className,
  disabled,
  onPress,
  children,
  ...accessibility
}: PropsWithChildren<
  Accessibility & {
    as?: typeof Button | typeof View;
    className: string;
    disabled?: boolean;
    onPress?: () => void;
  }
>) {
  // A key that is held down presses once, and does not scroll the page.
  const onKeyDown = (event: { key: string; repeat: boolean; preventDefault(): void }) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat && !disabled) onPress?.();
  };
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: 0, hoverClass: 'none', onKeyDown };
  return (
    <Element
      role="button"
      {...accessibility}
      className={className}
      {...(disabled !== undefined && { disabled, 'aria-disabled': disabled })}
      {...forKeys}
      onClick={onPress}
    >
      {children}
    </Element>
  );
}
