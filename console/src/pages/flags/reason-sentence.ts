import { flagReasonSentences } from '../../../../domain/flag-reasons';
import type { FlagReason } from '../../../../domain/flag-reasons';
import { useLanguageCode } from '../../texts';

/** The sentence of a reason for a verdict, in the language of the page. */
export function useFlagReasonSentence(): (code: FlagReason) => string {
  const language = useLanguageCode() === 'en' ? 'en' : 'zh';
  return (code) => flagReasonSentences(code)[language];
}
