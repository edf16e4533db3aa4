import { serverMessagesInEnglish } from '../../../miniapp/src/texts/server-messages.en';
import type { SharedWords } from './index';

const named = (code: string) => serverMessagesInEnglish[code] ?? code;

/** Words that the person sees too, as the mini-program has them. */
export const sharedWordsInEnglish: SharedWords = {
  document: (type) => named(`document_${type}`),
  kind: (kind) => named(`kind_${kind}`),
  role: (role) => named(`role_${role}`),
};

/** What the api says to the person, as the mini-program has it in English. */
export const serverMessageInEnglish = (code: string): string | undefined => serverMessagesInEnglish[code];
