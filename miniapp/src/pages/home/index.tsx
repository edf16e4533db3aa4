import { Button, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { call } from '../../api';
import type { Journey, LegalText } from '../../api';
import { useJourney } from '../../journey';
import type { JourneyState } from '../../journey';
import { BankCard } from '../../screens/bank-card';
import { Entry } from '../../screens/entry';
import { Face } from '../../screens/face';
import { forKeyboard, LegalLink, Primary } from '../../screens/parts';
import { Portrait } from '../../screens/portrait';
import { Signing } from '../../screens/signing';
import { ToDos } from '../../screens/to-dos';
import { Closed, Completed, Stuck } from '../../screens/waiting';
import { filled, keptLanguage, LanguageContext, useTexts } from '../../texts';
import type { Texts } from '../../texts/zh-CN';

const screens: Partial<Record<string, (state: JourneyState & { view: Journey }) => JSX.Element>> = {
  face: Face,
  'face-failed': Face,
  'matter-face': Face,
  'bank-card': BankCard,
  portrait: Portrait,
  'to-dos': ToDos,
  signing: Signing,
  completed: Completed,
  stuck: Stuck,
  closed: Closed,
};

/** The way of the manual, for saying how far somebody is in it. */
const way = ['entry', 'face', 'bank-card', 'portrait', 'to-dos', 'matter-face', 'signing', 'completed'];

export default function Home() {
  const [language, setLanguage] = useState(keptLanguage);
  const [isLarge, setLarge] = useState(Boolean(Taro.getStorageSync('large')));
  const turn = () => {
    const next = language === 'en' ? 'zh-CN' : 'en';
    Taro.setStorageSync('language', next);
    setLanguage(next);
  };
  const enlarge = () => {
    Taro.setStorageSync('large', isLarge ? '' : 'large');
    setLarge(!isLarge);
  };
  return (
    <LanguageContext.Provider value={language}>
      <View className={isLarge ? 'page large' : 'page'}>
        <Sandbox />
        <Head isLarge={isLarge} onLanguage={turn} onLarge={enlarge} />
        <Now />
      </View>
    </LanguageContext.Provider>
  );
}

function Head(props: { isLarge: boolean; onLanguage: () => void; onLarge: () => void }) {
  const texts = useTexts();
  return (
    <View className="head" role="banner">
      <View className="head-authority" role="heading" aria-level={1}>
        {texts.authority}
      </View>
      <View className="head-english">{texts.authorityOther}</View>
      <View className="head-tools">
        <Button className="link" onClick={props.onLanguage} {...forKeyboard}>
          {texts.language}
        </Button>
        <Button className="link" onClick={props.onLarge} {...forKeyboard}>
          {props.isLarge ? texts.standard : texts.elder}
        </Button>
        <Button
          className="link"
          onClick={() => void Taro.navigateTo({ url: '/pages/support/index' })}
          {...forKeyboard}
        >
          {texts.support}
        </Button>
        <Button
          className="link"
          onClick={() => void Taro.navigateTo({ url: '/pages/consents/index' })}
          {...forKeyboard}
        >
          {texts.consents}
        </Button>
      </View>
    </View>
  );
}

/** Says that nothing here is real, where a browser signs in at the sandbox. */
function Sandbox() {
  const texts = useTexts();
  const [isSandbox, setSandbox] = useState(false);
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    void call<{ authorizeUrl?: string }>('GET', '/api/channels/h5').then(({ authorizeUrl }) =>
      setSandbox(authorizeUrl !== undefined),
    );
  }, []);
  return isSandbox ? <View className="sandbox">{texts.sandbox}</View> : null;
}

/** A text has changed since the person agreed to it: nothing goes on without. */
function AgreeAnew({ view, agree, isBusy }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const kind = view.consentsNeeded?.[0];
  if (!kind) return null;
  const again = async () => {
    const { version } = await call<LegalText>('GET', `/api/legal-texts/${kind}`);
    await agree(kind, version);
  };
  return (
    <View className="notice" role="alert">
      <View>{texts.consentChanged}</View>
      <LegalLink kind={kind}>{texts.readPrivacy}</LegalLink>
      <Primary disabled={isBusy} onTap={() => void again()}>
        {texts.agree}
      </Primary>
    </View>
  );
}

function Progress({ step }: { step: string }) {
  const texts = useTexts();
  const at = way.indexOf(step === 'face-failed' ? 'face' : step) + 1;
  return at > 0 ? <View className="hint">{filled(texts.progress, { at, of: way.length })}</View> : null;
}

/** The screen of the step at which the journey stands; the entry where there is none. */
function Now() {
  const texts = useTexts();
  const state = useJourney();
  const { view, isReady, isBusy, trouble } = state;
  const ScreenOfStep = view && screens[view.step];
  return (
    <View className="body" role="main">
      {trouble && (
        <View className="trouble" role="alert">
          <View>{trouble.kind === 'offline' ? texts.offline : trouble.message || texts.failed}</View>
          {trouble.issues.map(({ path, code }) => (
            <View key={`${path} ${code}`}>{texts[code as keyof Texts] ?? code}</View>
          ))}
          {trouble.again && <Primary onTap={trouble.again}>{texts.retry}</Primary>}
        </View>
      )}
      {isBusy && (
        <View className="working" role="status">
          {texts.working}
        </View>
      )}
      <Progress step={view?.step ?? 'entry'} />
      {view && <AgreeAnew {...state} view={view} />}
      {ScreenOfStep ? <ScreenOfStep {...state} view={view} /> : view ? null : isReady && <Entry {...state} />}
    </View>
  );
}
