import { View } from '@tarojs/components';
import { useState } from 'react';
import { call } from '../api';
import type { Journey, LegalText } from '../api';
import type { JourneyState } from '../journey';
import { filled, timeOf, useTexts } from '../texts';
import { Consent, Field, LegalLink, Notices, Plain, Primary, Screen, Secondary } from './parts';

/** 银行卡核验 */
export function BankCard({ view, tap, isBusy }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const [cardNumber, setCardNumber] = useState('');
  const [isAgreed, setAgreed] = useState(false);
  const submit = async () => {
    const { version } = await call<LegalText>('GET', '/api/legal-texts/bank-card-check');
    await tap('bank-card-checks', { cardNumber, consent: { kind: 'bank-card-check', version } });
  };
  return (
    <Screen title={texts.cardTitle}>
      <Notices notices={view.notices} />
      <View className="card text">{texts.cardWhat}</View>
      <View className="card">
        <Field
          label={texts.cardNumber}
          name="cardNumber"
          type="number"
          hint={texts.cardNumberHint}
          value={cardNumber}
          onChange={setCardNumber}
        />
      </View>
      {view.attempts && (
        <View className="hint">
          {filled(texts.attemptsLeft, { left: view.attempts.left, at: timeOf(view.attempts.resetsAt) })}
        </View>
      )}
      <Consent isGiven={isAgreed} onChange={setAgreed}>
        {texts.cardConsent}
      </Consent>
      <LegalLink kind="bank-card-check">{texts.readCardConsent}</LegalLink>
      <Primary disabled={!isAgreed || cardNumber === '' || isBusy} onTap={() => void submit()}>
        {texts.submitCard}
      </Primary>
      <Secondary disabled={isBusy} onTap={() => void tap('portrait-review', { decision: 're-enter' })}>
        {texts.reEnter}
      </Secondary>
      <Plain disabled={isBusy} onTap={() => void tap('in-person')}>
        {texts.toWindow}
      </Plain>
    </Screen>
  );
}
