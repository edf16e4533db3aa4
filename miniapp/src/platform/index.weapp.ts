import type { Platform } from './contract';
import { launchQuery, onNetworkChange, savePicture, strokeHandlers, tabStorage } from './mini-program';

/** WeChat. Signing in and its face check come later, which the page says. */
export const platform: Platform = {
  requestsIdentityInDialog: false,
  takeAuthCode: () => undefined,
  authCode: async () => undefined,
  openFaceCheck: async () => 'not-yet',
  requestMessages: async () => undefined,
  launchedForToDo: () => launchQuery('toDo'),
  openInNewTab: () => undefined,
  savePicture,
  responseIn: () => undefined,
  readPicture: async () => undefined,
  tabStorage,
  hasDateInput: false,
  strokeHandlers,
  onResize: () => () => undefined,
  onNetworkChange,
  announceLanguage: () => undefined,
};
