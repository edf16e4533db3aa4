import { View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { usePreferences } from '../preferences';
import { useTexts } from '../texts';
import { LinkButton, SecondaryButton } from './buttons';
import { ConsentRenewal } from './consent';
import { Emblem } from './emblem';
import { Icon } from './icon';
import { Pressable } from './pressable';
import { ProblemMessage } from './problem-message';

/** What every page has: the authority's name, language and print size, and what went wrong. */
export function Frame({ children }: PropsWithChildren) {
  const { isLarge, isDemoNoticeClosed, isEnglishLost } = usePreferences();
  const { sandboxUrl } = useJourney();
  const texts = useTexts();
  return (
    <View className={isLarge ? 'page large' : 'page'}>
      <View role="banner">
        {platform.skipToText && (
          <Pressable as={View} role="link" className="skip" onPress={platform.skipToText}>
            {texts.skipToText}
          </Pressable>
        )}
        {sandboxUrl && !isDemoNoticeClosed && <DemoNotice sandboxUrl={sandboxUrl} />}
        <Head />
      </View>
      {/* The skip link gives it the focus, and Taro's types know no focus. */}
      <View className="body" role="main" {...{ tabIndex: -1 }}>
        <NoNetwork />
        {isEnglishLost && (
          <View className="problem" role="alert">
            {texts.englishLost}
          </View>
        )}
        <ProblemMessage />
        <ConsentRenewal />
        {children}
      </View>
    </View>
  );
}

/** One line that says that nothing here is real. */
function DemoNotice({ sandboxUrl }: { sandboxUrl: string }) {
  const texts = useTexts();
  const { closeDemoNotice } = usePreferences();
  return (
    <View className="sandbox" role="note">
      <View className="sandbox-inner">
        <View className="sandbox-text">{texts.sandbox}</View>
        <LinkButton onPress={() => platform.openInNewTab(sandboxUrl)}>{texts.sandboxPersons}</LinkButton>
        <Pressable className="link close" aria-label={texts.closeNotice} onPress={closeDemoNotice}>
          <Icon name="close" />
        </Pressable>
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
    <View className="head">
      <View className="head-inner">
        <View className="head-brand">
          <Emblem />
          {/* Like a letterhead, it is the same in every language. */}
          <View className="head-names" role="heading" aria-level={1}>
            <View className="head-authority">{texts.authority}</View>
            <View className="head-english">{texts.authorityInEnglish}</View>
          </View>
        </View>
        <View className="head-tools">
          <Tool icon="language" name={texts.language} onPress={switchLanguage} />
          <Tool icon="print" name={isLarge ? texts.standard : texts.elder} onPress={switchPrintSize} />
          {!isSupport && (
            <Tool
              icon="help"
              name={texts.support}
              onPress={() => void Taro.navigateTo({ url: '/pages/support/index' })}
            />
          )}
        </View>
      </View>
    </View>
  );
}

function Tool({ icon, name, onPress }: { icon: string; name: string; onPress: () => void }) {
  return (
    <Pressable className="link tool" onPress={onPress}>
      <Icon name={icon} />
      <View className="tool-name">{name}</View>
    </Pressable>
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
