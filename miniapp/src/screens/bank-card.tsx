import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Journey } from '../api';
import { useJourney } from '../journey';
import { Plain, Primary, Secondary } from '../parts/actions';
import { AttemptsLeft } from '../parts/attempts';
import { ConsentBox, useConsent } from '../parts/consent';
import { Field } from '../parts/fields';
import { Card, Notices, Screen } from '../parts/screen';
import { useIssue, useTexts } from '../texts';

/** 核验成功 first, for who comes from the face check; then 银行卡核验. */
export function BankCard({ view }: { view: Journey }) {
  const texts = useTexts();
  const [isRead, setRead] = useState(false);
  const hasJustPassed = view.notices.some(({ code }) => code === 'face_passed');
  if (isRead || !hasJustPassed) return <CardForm view={view} />;
  return (
    <Screen title={texts.passedTitle}>
      <Card>
        <View className="text">{texts.passedWhat}</View>
      </Card>
      <View className="hint">{texts.next.passed}</View>
      <Primary onTap={() => setRead(true)}>{texts.goOn}</Primary>
    </Screen>
  );
}

function CardForm({ view }: { view: Journey }) {
  const texts = useTexts();
  const issueOf = useIssue();
  const { tap, trouble } = useJourney();
  const [cardNumber, setCardNumber] = useState('');
  const consent = useConsent('bank-card-check');
  const issue = trouble?.issues.find(({ path }) => path === 'cardNumber');
  return (
    <Screen title={texts.cardTitle}>
      <Notices notices={view.notices.filter(({ code }) => code !== 'face_passed')} />
      <Card>
        <View className="text">{texts.cardWhat}</View>
        <Field
          label={texts.cardNumber}
          name="cardNumber"
          type="number"
          hint={texts.cardNumberHint}
          value={cardNumber}
          defect={issue && issueOf(issue.code)}
          onChange={setCardNumber}
        />
      </Card>
      <AttemptsLeft view={view} />
      <ConsentBox consent={consent}>{texts.cardConsent}</ConsentBox>
      <View className="hint">{texts.next['bank-card']}</View>
      <Primary
        disabled={!consent.given || cardNumber === ''}
        doing="bank-card-check"
        onTap={() => tap('bank-card-checks', { cardNumber, consent: consent.given })}
      >
        {texts.submitCard}
      </Primary>
      <Secondary onTap={() => tap('portrait-review', { decision: 're-enter' })}>{texts.reEnter}</Secondary>
      <Plain onTap={() => tap('in-person')}>{texts.toWindow}</Plain>
    </Screen>
  );
}
