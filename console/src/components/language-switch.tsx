import { useContext } from 'react';
import { Button } from 'antd';
import { LanguageContext } from '../texts';

/** Names the other language in that language. */
export function LanguageSwitch() {
  const { language, change } = useContext(LanguageContext);
  return (
    <Button type="text" lang={language.code === 'en' ? 'zh-CN' : 'en'} onClick={change}>
      {language.texts.language}
    </Button>
  );
}
