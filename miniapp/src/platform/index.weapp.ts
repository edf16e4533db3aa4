import type { Platform } from './contract';
import { launchQuery, onNetworkChange, savePicture, strokeHandlers, tabStorage } from './mini-program';

/** WeChat. Signing in and its face check come later, which the page says. */
export const platform: Platform = {
  requestsIdentityInDialog: false,
  takeAuthCode: () => undefined,
  authCode: async () => undefined,
  openFaceCheck: async () => 'not-yet',
  requestMessages: async () => undefined,
  launchedWithInvitation: () => launchQuery('invitation'),
  openInNewTab: () => undefined,
  savePicture,
  focus: () => undefined,
  responseIn: () => undefined,
  readPicture: async () => undefined,
  tabStorage,
  readFile: async () => undefined,
  holdFile: () => Promise.reject(new Error('No file can be read yet.')),
  hasDateInput: false,
  strokeHandlers,
  onResize: () => () => undefined,
  onNetworkChange,
  announceLanguage: () => undefined,
};
