import { View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { usePreferences } from '../preferences';
import { useIssueMessage, useServerMessage, useTexts } from '../texts';
import { LinkButton, PrimaryButton, SecondaryButton } from './buttons';
import { ConsentRenewal } from './consent';
import { scrollToTop } from './scroll-to-top';

/** What every page has: the authority's name, language and print size, and what went wrong. */
export function Frame({ children }: PropsWithChildren) {
  const { isLarge } = usePreferences();
  const { sandboxUrl } = useJourney();
  const texts = useTexts();
  return (
    <View className={isLarge ? 'page large' : 'page'}>
      {sandboxUrl && (
        <View className="sandbox">
          {texts.sandbox}
          <LinkButton onPress={() => platform.openInNewTab(sandboxUrl)}>{texts.sandboxPersons}</LinkButton>
        </View>
      )}
      <Head />
      <View className="body" role="main">
        <NoNetwork />
        <ProblemMessage />
        <ConsentRenewal />
        {children}
      </View>
    </View>
  );
}

/** A page that was opened from another one, and leads back there. */
export function SubPage({ children }: PropsWithChildren) {
  const texts = useTexts();
  return (
    <Frame>
      {children}
      <SecondaryButton onPress={leavePage}>{texts.back}</SecondaryButton>
    </Frame>
  );
}

/** Goes back to the page before, or to the first page if the browser was opened at this one. */
export function leavePage(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.redirectTo({ url: '/pages/home/index' });
}

function Head() {
  const texts = useTexts();
  const { isLarge, switchLanguage, switchPrintSize } = usePreferences();
  const isSupport = useRouter().path.includes('pages/support');
  return (
    <View className="head" role="banner">
      <View className="head-authority" role="heading" aria-level={1}>
        {texts.authority}
      </View>
      <View className="head-other">{texts.authorityOther}</View>
      <View className="head-tools">
        <LinkButton onPress={switchLanguage}>{texts.language}</LinkButton>
        <LinkButton onPress={switchPrintSize}>{isLarge ? texts.standard : texts.elder}</LinkButton>
        {!isSupport && (
          <LinkButton onPress={() => void Taro.navigateTo({ url: '/pages/support/index' })}>
            {texts.support}
          </LinkButton>
        )}
      </View>
    </View>
  );
}

function NoNetwork() {
  const texts = useTexts();
  const [isOffline, setOffline] = useState(false);
  useEffect(() => platform.onNetworkChange((isOnline) => setOffline(!isOnline)), []);
  return isOffline ? (
    <View className="problem" role="alert">
      {texts.noNetwork}
    </View>
  ) : null;
}

function ProblemMessage() {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const issueMessage = useIssueMessage();
  const { problem, retry } = useJourney();
  // The message stands at the top of the page, and the button that was pressed may be far below.
  useEffect(() => {
    if (problem) scrollToTop();
  }, [problem]);
  if (!problem) return null;
  const { kind, error } = problem;
  const messages = {
    'no-response': texts.offline,
    failed: texts.failed,
    'session-over': texts.sessionOver,
    'on-another-phone': texts.elsewhere,
    'handover-rejected': texts.handoverRejected,
    rejected: error ? serverMessage(error.code, error.message || texts.failed) : texts.failed,
  };
  return (
    <View className="problem" role="alert">
      <View>{messages[kind]}</View>
      {error?.issues.map((issue) => (
        <View key={`${issue.path} ${issue.code}`}>{issueMessage(issue.code)}</View>
      ))}
      {retry && <PrimaryButton onPress={retry}>{texts.retry}</PrimaryButton>}
    </View>
  );
}
