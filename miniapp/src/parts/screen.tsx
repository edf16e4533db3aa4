import { Text, View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Journey } from '../api';
import { useSaid } from '../texts';

/** One screen: what it is, what it says, and what can be done. */
export function Screen({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <View className="screen">
      <View className="screen-title" role="heading" aria-level={2}>
        {title}
      </View>
      {children}
    </View>
  );
}

export function Card({ title, children }: PropsWithChildren<{ title?: string }>) {
  return (
    <View className="card">
      {title && <View className="card-title">{title}</View>}
      {children}
    </View>
  );
}

/** What the api says about what was just done. */
export function Notices({ notices }: Pick<Journey, 'notices'>) {
  const said = useSaid();
  return (
    <>
      {notices.map(({ code, message }) => (
        <View key={code} className="notice" role="status">
          {said(code, message)}
        </View>
      ))}
    </>
  );
}

export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <View className="row">
      <Text className="row-label">{label}</Text>
      <View className="row-value">{children}</View>
    </View>
  );
}

/** Paragraphs that come as lines. */
export function Lines({ children }: { children: string }) {
  return (
    <>
      {children
        .split('\n')
        .filter(Boolean)
        .map((line) => (
          <View key={line} className="text">
            {line}
          </View>
        ))}
    </>
  );
}
