import type { Platform } from './contract';
import { launchQuery, onNetwork, savePicture, writing } from './mini-program';

/** The build for WeChat: signing in and its face service come later, which the page says. */
export const platform: Platform = {
  asksInPlace: false,
  codeBroughtAlong: () => undefined,
  authCode: async () => undefined,
  openFaceCheck: async () => 'not-yet',
  askForMessages: async () => undefined,
  invitedTo: () => launchQuery('toDo'),
  openBeside: () => undefined,
  savePicture,
  answerIn: () => undefined,
  readPicture: async () => undefined,
  hasDayInput: false,
  writing,
  onResize: () => () => undefined,
  onNetwork,
  announceLanguage: () => undefined,
};
