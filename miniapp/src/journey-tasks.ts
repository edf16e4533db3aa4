import { call } from './api';
import type { Journey } from './api-contract';
import { isApiError } from './api-error';
import { apiRequest } from './api-request';
import { forgetOpenedFaceCheck, openedFaceCheck, openFaceCheck } from './face-check';
import { keepHandover, keptHandover } from './handover';
import { forgetInk } from './ink';
import { keepInvitation } from './invitation';
import type { Channel, Outcome, Task } from './journey-state';
import { platform } from './platform';
import { signInWith } from './session';
import { forgetSessionToken, sessionToken } from './session-token';

/** Does what the state machine has decided. It never throws: a failure is an outcome too. */
export async function perform(task: Task, channel: Channel): Promise<Outcome> {
  try {
    switch (task.type) {
      case 'open': {
        // Before signing in, which in a browser leaves the page and its address.
        keepInvitation();
        keepHandover();
        const opened = await readChannel();
        // For the session of a computer the person signs in anew.
        const hasSession = sessionToken() !== undefined && keptHandover() === undefined;
        return { type: 'opened', task, channel: opened, hasSession, signIn: authCodeOfPage() };
      }
      case 'sign-in': {
        const scope = task.withIdentity ? 'auth_user' : 'auth_base';
        // The session stays while the person decides about name and number.
        if (!task.withIdentity) forgetSession();
        const code = task.code ?? (await platform.authCode(scope, channel.authorizeUrl));
        if (!code) return { type: 'not-signed-in', task };
        return { type: 'signed-in', task, handover: await signInWith(code) };
      }
      case 'sign-out':
        forgetSession();
        return { type: 'signed-out', task };
      case 'read-identity':
        return {
          type: 'identity-read',
          task,
          identity: await call(apiRequest('GET', '/api/authorized-identity')),
        };
      case 'find':
        return { type: 'found', task, view: await findJourney(), openedFaceCheck: openedFaceCheck() };
      case 'report-face-check':
        return { type: 'answered', task, view: await reportFaceCheck(task.journey) };
      case 'submit': {
        const response = await call(task.request);
        return { type: 'answered', task, view: 'step' in response ? response : undefined };
      }
      case 'open-face-check':
        return { type: 'face-check-opened', task, hasEnded: await openFaceCheck(task.check) };
    }
  } catch (error) {
    return { type: 'failed', task, error };
  }
}

/** With the session goes what was written in it. */
function forgetSession(): void {
  forgetSessionToken();
  forgetInk();
}

async function readChannel(): Promise<Channel> {
  return platform.channel === 'alipay'
    ? await call(apiRequest('GET', '/api/channels/alipay'))
    : await call(apiRequest('GET', '/api/channels/h5'));
}

function authCodeOfPage(): { code: string; withIdentity: boolean } | undefined {
  const found = platform.takeAuthCode();
  return found && { code: found.code, withIdentity: found.scope === 'auth_user' };
}

/** The journey of this session: the same one after a reload, a kill, or a visit to another app. */
async function findJourney(): Promise<Journey | undefined> {
  try {
    return await call(apiRequest('GET', '/api/journeys/current'));
  } catch (error) {
    if (isApiError(error, 'not_found')) return undefined;
    throw error;
  }
}

/** The API asks the vendor how the check ended. The phone does not know. */
async function reportFaceCheck({ id, revision, faceCheck }: Journey): Promise<Journey> {
  const path = { id, certifyId: faceCheck?.certifyId ?? '' };
  const request = { path, body: { revision } };
  const view = await call(apiRequest('POST', '/api/journeys/{id}/face-checks/{certifyId}/result', request));
  forgetOpenedFaceCheck();
  return view;
}
