import { useContext } from 'react';
import { LanguageContext } from '../../texts';
import { dashboardEn } from '../../texts/dashboard.en';
import { dashboardZhCN } from '../../texts/dashboard.zh-CN';
import type { DashboardTexts } from '../../texts/dashboard.zh-CN';

/** The words of this page, which no other page loads. */
export function useDashboardTexts(): DashboardTexts {
  return useContext(LanguageContext).language.code === 'en' ? dashboardEn : dashboardZhCN;
}
