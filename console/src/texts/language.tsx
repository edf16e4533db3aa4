import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { chinese, LanguageContext, loadEnglish } from './index';
import type { Language } from './index';

const KEPT_AS = 'console-language';

/** Chinese, until the clerk switches; the choice is kept on this computer. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(chinese);
  const choose = async (code: Language['code']) => {
    setLanguage(code === 'en' ? await loadEnglish() : chinese);
    localStorage.setItem(KEPT_AS, code);
  };
  useEffect(() => {
    if (localStorage.getItem(KEPT_AS) === 'en') void choose('en');
  }, []);
  useEffect(() => {
    document.documentElement.lang = language.code;
    document.title = `${language.texts.title} · ${language.texts.subtitle}`;
  }, [language]);
  const change = () => void choose(language.code === 'en' ? 'zh-CN' : 'en');
  return <LanguageContext value={{ language, change }}>{children}</LanguageContext>;
}
