import { View } from '@tarojs/components';
import { useEffect } from 'react';
import type { Journey } from '../api-contract';
import { apiRequest } from '../api-request';
import { PrimaryButton, SecondaryButton } from '../components/buttons';
import { QrCode } from '../components/qr-code';
import { QueryStatus } from '../components/query-status';
import { formatSeconds } from '../countdown';
import { useJourney } from '../journey';
import { useJourneyUpdates } from '../journey-updates';
import { platform } from '../platform';
import { fillIn, useTexts } from '../texts';
import { useQuery } from '../use-query';
import { useSecondsLeft } from '../use-seconds-left';

const HAND_OVER = 'hand-over';

/**
 * 用手机签字: shows a code with which a phone of the same account goes on. It looks for changes meanwhile: that the session is over then
 * means that a phone has it (journey-state.ts). A code that is no longer shown is no longer good.
 */
export function HandOver({ view, onClose }: { view: Journey; onClose: () => void }) {
  const texts = useTexts();
  const { offerHandover, withdrawHandover } = useJourney();
  const code = useQuery(apiRequest('POST', '/api/journeys/{id}/handovers', { path: { id: view.id } }));
  const { value, reload } = code;
  const left = useSecondsLeft(value) ?? 0;
  const isGood = value !== undefined && left > 0;
  useJourneyUpdates(view);
  useEffect(() => {
    if (value) offerHandover();
  }, [value, offerHandover]);
  useEffect(() => {
    platform.focus(HAND_OVER);
    return () => void withdrawHandover();
  }, [withdrawHandover]);
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: -1 };
  return (
    <View id={HAND_OVER} className="card" role="group" aria-label={texts.signOnPhone} {...forKeys}>
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
