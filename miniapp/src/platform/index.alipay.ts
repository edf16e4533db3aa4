import type { Platform } from './contract';
import { holdFile, readFile } from './files.alipay';
import { launchQuery, onNetworkChange, savePicture, strokeHandlers, tabStorage } from './mini-program';

export const platform: Platform = {
  channel: 'alipay',
  requestsIdentityInDialog: true,
  takeAuthCode: () => undefined,
  async authCode(scope) {
    try {
      const { authCode } = await my.getAuthCode({ scopes: scope });
      return authCode;
    } catch (error) {
      // Nobody can sign in without `auth_base`. The person may refuse `auth_user`.
      if (scope === 'auth_base') throw error;
      return undefined;
    }
  },
  async openFaceCheck({ url, certifyId }) {
    // The phone's own result is not trusted. It only tells whether the person left early, and there is no result to ask for.
    return await new Promise((resolve) => {
      void my.startAPVerify({
        url,
        certifyId,
        complete: (result) => resolve(LEFT_EARLY.includes(String(statusOf(result))) ? 'left' : 'ended'),
      });
    });
  },
  async requestMessages(templates) {
    if (templates.length === 0) return;
    await new Promise<void>((resolve) => {
      void my.requestSubscribeMessage({ entityIds: [...templates], complete: () => resolve() });
      // Alipay's base library has this call since version 2.7.10.
    }).catch(() => undefined);
  },
  launchedWithInvitation: () => launchQuery('invitation'),
  openInNewTab: () => undefined,
  savePicture,
  focus: () => undefined,
  // Alipay fails for every status but 200, and puts the response into the failure.
  responseIn(failure) {
    const { status, data, headers } = Object(failure) as {
      status?: number;
      data?: unknown;
      headers?: Record<string, string>;
    };
    return status && data ? { statusCode: status, data: parsed(data), header: headers } : undefined;
  },
  // Taro's request can't read pictures in Alipay.
  readPicture: (url, headers) =>
    new Promise((resolve) => {
      void my.request({
        url,
        headers,
        dataType: 'base64',
        success: ({ data }: { data?: unknown }) =>
          resolve(typeof data === 'string' ? asDataUrl(data) : undefined),
        fail: () => resolve(undefined),
      });
    }),
  tabStorage,
  readFile,
  holdFile,
  hasDateInput: false,
  strokeHandlers,
  onResize: () => () => undefined,
  onNetworkChange,
  announceLanguage: () => undefined,
};

// The result status of my.startAPVerify: the person went back, or the network failed.
const LEFT_EARLY: readonly string[] = ['6001', '6002'];

function statusOf(result: unknown): unknown {
  return (Object(result) as { resultStatus?: unknown }).resultStatus;
}

function asDataUrl(base64: string): string {
  return base64.startsWith('data:') ? base64 : `data:image/png;base64,${base64}`;
}

/** Alipay does not document whether the response in a failure is already parsed. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}
