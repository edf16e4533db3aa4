import { View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../api';
import type { Journey, LegalText } from '../api';
import type { JourneyState } from '../journey';
import { canVerify, openFaceCheck } from '../platform';
import { filled, timeOf, useTexts } from '../texts';
import { Consent, LegalLink, Notices, Plain, Primary, Screen, Secondary } from './parts';
import { RefuseToDo } from './refuse';

/** 身份核验, at the beginning and for a matter, and 核验失败. */
export function Face({ view, ...state }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const [isAgreed, setAgreed] = useState(false);
  const hasFailed = view.step === 'face-failed';
  const { tap, isBusy } = state;

  const start = async () => {
    const { version } = await call<LegalText>('GET', '/api/legal-texts/face-check');
    const next = await tap('face-checks', { consent: { kind: 'face-check', version } });
    if (next?.faceCheck && (await openFaceCheck(next.faceCheck))) await state.look();
  };

  return (
    <Screen title={hasFailed ? texts.faceFailedTitle : texts.faceTitle}>
      <Notices notices={view.notices} />
      <View className="card text">{view.toDoId ? texts.faceMatter : texts.faceWhat}</View>
      {view.attempts && (
        <View className="hint">
          {filled(texts.attemptsLeft, { left: view.attempts.left, at: timeOf(view.attempts.resetsAt) })}
        </View>
      )}
      {!canVerify && <View className="notice">{texts.weappLater}</View>}
      <Consent isGiven={isAgreed} onChange={setAgreed}>
        {texts.faceConsent}
      </Consent>
      <LegalLink kind="face-check">{texts.readFaceConsent}</LegalLink>
      {view.allowed.includes('start-face') && (
        <Primary disabled={!isAgreed || isBusy || !canVerify} onTap={() => void start()}>
          {hasFailed ? texts.tryAgain : texts.agreeAndVerify}
        </Primary>
      )}
      {view.faceCheck && (
        <Secondary disabled={isBusy} onTap={() => void state.look()}>
          {texts.iAmBack}
        </Secondary>
      )}
      {view.allowed.includes('decline') && (
        <Secondary disabled={isBusy} onTap={() => void tap('declination')}>
          {hasFailed ? texts.back : texts.notNow}
        </Secondary>
      )}
      {view.allowed.includes('ask-in-person') && (
        <Plain disabled={isBusy} onTap={() => void tap('in-person')}>
          {texts.toWindow}
        </Plain>
      )}
      {view.toDoId && view.allowed.includes('refuse') && <RefuseToDo toDoId={view.toDoId} state={state} />}
    </Screen>
  );
}
