import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Journey } from '../api-contract';
import { AttemptsLeft } from '../components/attempts';
import { PlainButton, PrimaryButton } from '../components/buttons';
import { ConfirmPress } from '../components/confirm-press';
import { ConsentBox, useConsent } from '../components/consent';
import { TextField } from '../components/fields';
import { Card, Notices, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { useTexts } from '../texts';

/** 银行卡核验; right after a face check 核验成功 comes first. */
export function BankCard({ view }: { view: Journey }) {
  const texts = useTexts();
  const [isRead, setRead] = useState(false);
  const hasJustPassed = view.notices.some(({ code }) => code === 'face_passed');
  if (isRead || !hasJustPassed) return <CardForm view={view} />;
  return (
    <Screen title={texts.passedTitle} result="success">
      <Card>
        <View className="text">{texts.passedWhat}</View>
      </Card>
      <View className="hint">{texts.next.passed}</View>
      <PrimaryButton onPress={() => setRead(true)}>{texts.goOn}</PrimaryButton>
    </Screen>
  );
}

function CardForm({ view }: { view: Journey }) {
  const texts = useTexts();
  const { send } = useJourney();
  const [cardNumber, setCardNumber] = useState('');
  const consent = useConsent('bank-card-check');
  const submitCard = () =>
    send('/api/journeys/{id}/bank-card-checks', { body: { cardNumber, consent: consent.given } });
  const reEnter = () => send('/api/journeys/{id}/portrait-review', { body: { decision: 're-enter' } });
  return (
    <Screen title={texts.cardTitle}>
      <Notices notices={view.notices.filter(({ code }) => code !== 'face_passed')} />
      <Card>
        <View className="text">{texts.cardWhat}</View>
        <TextField
          label={texts.cardNumber}
          name="cardNumber"
          type="number"
          hint={texts.cardNumberHint}
          value={cardNumber}
          onChange={setCardNumber}
        />
      </Card>
      <AttemptsLeft view={view} />
      <ConsentBox consent={consent}>{texts.cardConsent}</ConsentBox>
      <View className="hint">{view.hasPortrait ? texts.next['bank-card'] : texts.next.portrait}</View>
      <PrimaryButton
        disabled={!consent.isSettled || cardNumber === ''}
        workingStep="bank-card-check"
        onPress={submitCard}
      >
        {texts.submitCard}
      </PrimaryButton>
      <ConfirmPress
        label={texts.reEnter}
        loss={texts.reEnterLoss}
        confirm={texts.reEnterConfirm}
        onConfirm={reEnter}
      />
      <PlainButton onPress={() => send('/api/journeys/{id}/in-person')}>{texts.cardToWindow}</PlainButton>
    </Screen>
  );
}
