import Taro from '@tarojs/taro';
import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { platform } from './platform';

const DEMO_NOTICE = 'demo-notice';

type Language = 'zh-CN' | 'en';
type English = typeof import('./texts/english');

const loadEnglish = () => import('./texts/english');

/** How the person likes to read; kept on the phone. */
interface Preferences {
  language: Language;
  /** The texts for a reader of English. */
  english: English | undefined;
  /** The reader asked for English, and its texts did not come. */
  isEnglishLost: boolean;
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
  const [english, setEnglish] = useState<English>();
  const [isEnglishLost, setEnglishLost] = useState(false);
  const language = english ? 'en' : 'zh-CN';
  const [isLarge, setLarge] = useState(() => Taro.getStorageSync('size') === 'large');
  const [isDemoNoticeClosed, setDemoNoticeClosed] = useState(
    () => platform.tabStorage.read(DEMO_NOTICE) !== undefined,
  );
  const readEnglish = useCallback(() => {
    // Until the texts are there all is in Chinese; without a network it stays so until the next try.
    setEnglishLost(false);
    loadEnglish().then(setEnglish, () => setEnglishLost(true));
  }, []);
  useEffect(() => {
    if (Taro.getStorageSync('language') === 'en') readEnglish();
  }, [readEnglish]);
  useEffect(() => platform.announceLanguage(language), [language]);
  useEffect(() => {
    Taro.setStorageSync('size', isLarge ? 'large' : 'standard');
  }, [isLarge]);
  const preferences: Preferences = {
    language,
    english,
    isEnglishLost,
    isLarge,
    switchLanguage() {
      Taro.setStorageSync('language', english ? 'zh-CN' : 'en');
      if (english) setEnglish(undefined);
      else readEnglish();
    },
    switchPrintSize: () => setLarge(!isLarge),
    isDemoNoticeClosed,
    closeDemoNotice: () => {
      platform.tabStorage.write(DEMO_NOTICE, 'closed');
      setDemoNoticeClosed(true);
    },
  };
  return <Context.Provider value={preferences}>{children}</Context.Provider>;
}
