import { serverMessagesInEnglish } from '../../../miniapp/src/texts/server-messages.en';
import type { PersonMessages, SharedWords } from './index';

const named = (code: string) => serverMessagesInEnglish[code] ?? code;

/** Words that the person sees too, as the mini-program has them. */
export const sharedWordsInEnglish: SharedWords = {
  document: (type) => named(`document_${type}`),
  kind: (kind) => named(`kind_${kind}`),
  role: (role) => named(`role_${role}`),
};

/** What the phone says, as the mini-program has it in English. */
export const personMessagesInEnglish: PersonMessages = {
  notice: named,
  stuck: (cause) => named(`stuck_${cause}`),
};
