import { Text, View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Journey } from '../api-contract';
import { useServerMessage } from '../texts';
import { ResultMark } from './result-mark';
import type { Result } from './result-mark';

/** One screen: its title, and below it texts, fields and buttons. A screen that tells a result begins with its mark. */
export function Screen({ title, result, children }: PropsWithChildren<{ title: string; result?: Result }>) {
  return (
    <View className={result ? 'screen result' : 'screen'}>
      {result && <ResultMark result={result} />}
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

/** The API's messages about the last command. */
export function Notices({ notices }: Pick<Journey, 'notices'>) {
  const serverMessage = useServerMessage();
  return (
    <>
      {notices.map(({ code, message }) => (
        <View key={code} className="notice" role="status">
          {serverMessage(code, message)}
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
