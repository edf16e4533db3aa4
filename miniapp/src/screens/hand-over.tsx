import { View } from '@tarojs/components';
import { useEffect } from 'react';
import type { Journey } from '../api-contract';
import { apiRequest } from '../api-request';
import { PrimaryButton, SecondaryButton } from '../components/buttons';
import { QrCode } from '../components/qr-code';
import { QueryStatus } from '../components/query-status';
import { formatSeconds } from '../countdown';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { fillIn, useTexts } from '../texts';
import { useQuery } from '../use-query';
import { useSecondsLeft } from '../use-seconds-left';

/** 用手机签字: shows a code with which a phone of the same account goes on, until it does or the code is over. */
export function HandOver({ view, onClose }: { view: Journey; onClose: () => void }) {
  const texts = useTexts();
  const code = useQuery(apiRequest('POST', '/api/journeys/{id}/handovers', { path: { id: view.id } }));
  const { value, reload } = code;
  const left = useSecondsLeft(value) ?? 0;
  const isGood = value !== undefined && left > 0;
  useWaitForPhone(view, isGood);
  return (
    <View className="card" role="group" aria-label={texts.signOnPhone}>
      {!value && <QueryStatus query={code} />}
      {isGood && (
        <>
          <View className="text">{texts.signOnPhoneHow}</View>
          <QrCode content={platform.handover?.addressOf(value.code) ?? ''} label={texts.signOnPhoneCode} />
          <View className="hint centred" role="timer">
            {fillIn(texts.phoneCodeLeft, { left: formatSeconds(left) })}
          </View>
        </>
      )}
      {value && !isGood && (
        <>
          <View className="text" role="status">
            {texts.phoneCodeIsOver}
          </View>
          <PrimaryButton onPress={reload}>{texts.newPhoneCode}</PrimaryButton>
        </>
      )}
      <SecondaryButton onPress={onClose}>{texts.notOnPhone}</SecondaryButton>
    </View>
  );
}

const PAUSE_MS = 2_000;

/** Looks for changes while a code is shown. That the session is over then means that a phone has it (journey-state.ts). */
function useWaitForPhone({ id, revision }: Journey, isShown: boolean): void {
  const { read, refresh, offerHandover } = useJourney();
  useEffect(() => {
    if (!isShown) return undefined;
    let isWanted = true;
    const look = async () => {
      const query = { after: String(revision) };
      const seen = await read(apiRequest('GET', '/api/journeys/{id}', { path: { id }, query }));
      // It has moved in another tab.
      if (isWanted && seen.revision !== revision) await refresh();
    };
    const lookOn = async () => {
      while (isWanted) await look().catch(() => pause());
    };
    offerHandover(true);
    void lookOn();
    return () => {
      isWanted = false;
      offerHandover(false);
    };
  }, [id, revision, isShown, read, refresh, offerHandover]);
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
}
