import Taro from '@tarojs/taro';
import { createContext, useContext, useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { platform } from './platform';

const DEMO_NOTICE = 'demo-notice';

type Language = 'zh-CN' | 'en';

/** How the person likes to read; kept on the phone. */
interface Preferences {
  language: Language;
  /** 大字版: large print */
  isLarge: boolean;
  switchLanguage(): void;
  switchPrintSize(): void;
  /** Until the tab or the mini-program is closed. */
  isDemoNoticeClosed: boolean;
  closeDemoNotice(): void;
}

const Context = createContext<Preferences | undefined>(undefined);

export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error('usePreferences is used outside of PreferencesProvider.');
  return preferences;
}

export function PreferencesProvider({ children }: PropsWithChildren) {
  const [language, setLanguage] = useState<Language>(() =>
    Taro.getStorageSync('language') === 'en' ? 'en' : 'zh-CN',
  );
  const [isLarge, setLarge] = useState(() => Taro.getStorageSync('size') === 'large');
  const [isDemoNoticeClosed, setDemoNoticeClosed] = useState(
    () => platform.tabStorage.read(DEMO_NOTICE) !== undefined,
  );
  useEffect(() => {
    Taro.setStorageSync('language', language);
    platform.announceLanguage(language);
  }, [language]);
  useEffect(() => {
    Taro.setStorageSync('size', isLarge ? 'large' : 'standard');
  }, [isLarge]);
  const preferences = {
    language,
    isLarge,
    switchLanguage: () => setLanguage(language === 'en' ? 'zh-CN' : 'en'),
    switchPrintSize: () => setLarge(!isLarge),
    isDemoNoticeClosed,
    closeDemoNotice: () => {
      platform.tabStorage.write(DEMO_NOTICE, 'closed');
      setDemoNoticeClosed(true);
    },
  };
  return <Context.Provider value={preferences}>{children}</Context.Provider>;
}
