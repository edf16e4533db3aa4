import { useContext } from 'react';
import { LanguageContext } from '../../texts';
import { actionsEn } from '../../texts/actions.en';
import { actionsZhCN } from '../../texts/actions.zh-CN';
import type { ActionTexts } from '../../texts/actions.zh-CN';

/** The words of the auditors' pages, which no other page loads. */
export function useActionTexts(): ActionTexts {
  return useContext(LanguageContext).language.code === 'en' ? actionsEn : actionsZhCN;
}
