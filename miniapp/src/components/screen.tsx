import { Text, View } from '@tarojs/components';
import { useEffect, useId } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Journey } from '../api-contract';
import { platform } from '../platform';
import { useServerMessage } from '../texts';
import { ResultMark } from './result-mark';
import type { Result } from './result-mark';

/** The first screen leaves the focus at the beginning of the page, where keys find the skip link. */
let isFirst = true;

/**
 * One screen: its title, and below it texts, fields and buttons. A screen that tells a result begins with its mark. When a screen takes
 * the place of another one, the focus goes to its title, so that screen readers say it.
 */
export function Screen({ title, result, children }: PropsWithChildren<{ title: string; result?: Result }>) {
  const place = useId();
  useEffect(() => {
    if (!isFirst) platform.focus(place);
    isFirst = false;
  }, [place]);
  return (
    <View className={result ? 'screen result' : 'screen'}>
      {result && <ResultMark result={result} />}
      <Title id={place}>{title}</Title>
      {children}
    </View>
  );
}

/** What stands below the screen of a page, with a title of its own. */
export function Section({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <View className="screen">
      <Title>{title}</Title>
      {children}
    </View>
  );
}

function Title({ id, children }: PropsWithChildren<{ id?: string }>) {
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: -1 };
  return (
    <View id={id} className="screen-title" role="heading" aria-level={2} {...(id && forKeys)}>
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
