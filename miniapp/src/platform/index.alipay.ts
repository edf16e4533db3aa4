import type { Platform } from './contract';
import { launchQuery, onNetwork, savePicture, writing } from './mini-program';

export const platform: Platform = {
  channel: 'alipay',
  asksInPlace: true,
  codeBroughtAlong: () => undefined,
  async authCode(scope) {
    try {
      const { authCode } = await my.getAuthCode({ scopes: scope });
      return authCode;
    } catch (error) {
      // Without the silent one nobody gets in; the other is the person's to refuse.
      if (scope === 'auth_base') throw error;
      return undefined;
    }
  },
  async openFaceCheck({ url, certifyId }) {
    // What the phone says of the result is not believed, only that the person left: then there is none to ask for.
    return await new Promise((resolve) => {
      my.startAPVerify({
        url,
        certifyId,
        complete: (result) => resolve(LEFT_EARLY.includes(String(statusOf(result))) ? 'left' : 'ended'),
      });
    });
  },
  async askForMessages(templates) {
    if (templates.length === 0) return;
    await new Promise<void>((resolve) => {
      my.requestSubscribeMessage({ entityIds: [...templates], complete: () => resolve() });
      // Basic libraries before 2.7.10 have no such call.
    }).catch(() => undefined);
  },
  invitedTo: () => launchQuery('toDo'),
  openBeside: () => undefined,
  savePicture,
  // Every answer but 200 is a failure to Alipay, and comes with it.
  answerIn(failure) {
    const { status, data, headers } = Object(failure) as {
      status?: number;
      data?: unknown;
      headers?: Record<string, string>;
    };
    return status && data ? { statusCode: status, data: parsed(data), header: headers } : undefined;
  },
  // Taro maps no type of answer that is a picture.
  readPicture: (url, headers) =>
    new Promise((resolve) => {
      my.request({
        url,
        headers,
        dataType: 'base64',
        success: ({ data }) => resolve(asDataUrl(data as unknown as string)),
        fail: () => resolve(undefined),
      });
    }),
  hasDayInput: false,
  writing,
  onResize: () => () => undefined,
  onNetwork,
  announceLanguage: () => undefined,
};

// The person went back, and the network failed (my.startAPVerify).
const LEFT_EARLY: readonly string[] = ['6001', '6002'];

function statusOf(result: unknown): unknown {
  return (Object(result) as { resultStatus?: unknown }).resultStatus;
}

function asDataUrl(base64: string): string {
  return base64.startsWith('data:') ? base64 : `data:image/png;base64,${base64}`;
}

/** Of a failure it is not documented whether its answer was read as JSON. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}
