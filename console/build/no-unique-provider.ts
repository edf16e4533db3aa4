import type { ReactNode } from 'react';

/** Stands for antd's UniqueProvider, which only adds something to tooltips that share one window. */
export default function UniqueProvider({ children }: { children: ReactNode }): ReactNode {
  return children;
}
