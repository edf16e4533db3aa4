import { useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** The title of a page. It gets the focus when the page opens, so that the next key and the screen reader are in the right place. */
export function PageTitle({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  // Before the page is drawn: later, it would take the focus from a field that a key has chosen.
  useLayoutEffect(() => ref.current?.focus(), []);
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  );
}
