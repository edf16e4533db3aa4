import { View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { usePreferences } from '../preferences';
import { useIssue, useSaid, useTexts } from '../texts';
import { Link, Primary, Secondary } from './actions';
import { AgreeAnew } from './consent';
import { toTop } from './to-top';

/** What stands around every page: whose it is, how it is read, and what went wrong. */
export function Frame({ children }: PropsWithChildren) {
  const { isLarge } = usePreferences();
  const { sandboxUrl } = useJourney();
  const texts = useTexts();
  return (
    <View className={isLarge ? 'page large' : 'page'}>
      {sandboxUrl && (
        <View className="sandbox">
          {texts.sandbox}
          <Link onTap={() => platform.openBeside(sandboxUrl)}>{texts.sandboxPersons}</Link>
        </View>
      )}
      <Head />
      <View className="body" role="main">
        <NoNetwork />
        <TroubleOfTap />
        <AgreeAnew />
        {children}
      </View>
    </View>
  );
}

/** A page that was opened from another leads back there. */
export function Aside({ children }: PropsWithChildren) {
  const texts = useTexts();
  return (
    <Frame>
      {children}
      <Secondary onTap={leavePage}>{texts.back}</Secondary>
    </Frame>
  );
}

/** Back to the page before; to the first one where a browser was opened at this one. */
export function leavePage(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.redirectTo({ url: '/pages/home/index' });
}

function Head() {
  const texts = useTexts();
  const { isLarge, turnLanguage, turnSize } = usePreferences();
  const isSupport = useRouter().path.includes('pages/support');
  return (
    <View className="head" role="banner">
      <View className="head-authority" role="heading" aria-level={1}>
        {texts.authority}
      </View>
      <View className="head-other">{texts.authorityOther}</View>
      <View className="head-tools">
        <Link onTap={turnLanguage}>{texts.language}</Link>
        <Link onTap={turnSize}>{isLarge ? texts.standard : texts.elder}</Link>
        {!isSupport && (
          <Link onTap={() => void Taro.navigateTo({ url: '/pages/support/index' })}>{texts.support}</Link>
        )}
      </View>
    </View>
  );
}

function NoNetwork() {
  const texts = useTexts();
  const [isOffline, setOffline] = useState(false);
  useEffect(() => platform.onNetwork((isThere) => setOffline(!isThere)), []);
  return isOffline ? (
    <View className="trouble" role="alert">
      {texts.noNetwork}
    </View>
  ) : null;
}

function TroubleOfTap() {
  const texts = useTexts();
  const said = useSaid();
  const issueOf = useIssue();
  const { trouble } = useJourney();
  // It stands above everything, and the tap was below.
  const news = trouble?.issues;
  useEffect(() => {
    if (news) toTop();
  }, [news]);
  if (!trouble) return null;
  const { kind, code, message, issues, again } = trouble;
  const sentences = {
    offline: texts.offline,
    failed: texts.failed,
    'session-over': texts.sessionOver,
    elsewhere: texts.elsewhere,
    refused: said(code ?? '', message || texts.failed),
  };
  return (
    <View className="trouble" role="alert">
      <View>{sentences[kind]}</View>
      {issues.map((issue) => (
        <View key={`${issue.path} ${issue.code}`}>{issueOf(issue.code)}</View>
      ))}
      {again && <Primary onTap={again}>{texts.retry}</Primary>}
    </View>
  );
}
