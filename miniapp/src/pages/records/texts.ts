import { usePreferences } from '../../preferences';
import { recordsEn } from '../../texts/records.en';
import { recordsZhCN } from '../../texts/records.zh-CN';

export type RecordTexts = typeof recordsZhCN;

/** The texts of these pages in the language of the reader. */
export function useRecordTexts(): RecordTexts {
  return usePreferences().english ? recordsEn : recordsZhCN;
}
