import { RadioGroup, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { refusalReasons } from '../../../domain/refusals';
import type { RefusalReason } from '../../../domain/refusals';
import type { Journey } from '../api-contract';
import { PrimaryButton, SecondaryButton } from '../components/buttons';
import { RadioBox } from '../components/fields';
import { NumberRow } from '../components/number-row';
import { Question } from '../components/question';
import { Card, Row } from '../components/screen';
import { scrollToTop } from '../components/scroll-to-top';
import { forgetInvitation, invitedToDo } from '../invitation';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { formatTime, useTexts } from '../texts';

/** 「这不是我办的」: asks for the reason, says what follows, and then asks for confirmation. */
export function RefuseToDo({ toDoId }: { toDoId: string }) {
  const texts = useTexts();
  const { send } = useJourney();
  const [reason, setReason] = useState<RefusalReason>();
  const refuse = async () => {
    if (!reason) return;
    if (invitedToDo() === toDoId) forgetInvitation();
    await send('/api/journeys/{id}/to-dos/{toDoId}/refusal', { path: { toDoId }, body: { reason } });
  };
  // Taro declares the detail of this event as `any`.
  const choose = ({ detail }: { detail: { value: string } }) =>
    setReason(refusalReasons.find((one) => one === detail.value));
  return (
    <Question kind="plain" label={texts.notMe}>
      {(close) => (
        <>
          <View className="card-title">{texts.notMe}</View>
          <View className="text">{texts.notMeWhat}</View>
          <View role="radiogroup" aria-label={texts.notMeReason}>
            <RadioGroup onChange={choose}>
              {refusalReasons.map((one) => (
                <RadioBox key={one} value={one} isChecked={one === reason}>
                  {texts.reasons[one]}
                </RadioBox>
              ))}
            </RadioGroup>
          </View>
          <PrimaryButton disabled={!reason} onPress={refuse}>
            {texts.notMeConfirm}
          </PrimaryButton>
          <SecondaryButton onPress={close}>{texts.notMeNot}</SecondaryButton>
        </>
      )}
    </Question>
  );
}

const RECEIPT = 'refusal-receipt';

/** What a person who refused can show later, and what happens now. The button that was pressed may be far below, and is gone. */
export function RefusalReceipt({
  refusal: { number, entity, at },
}: {
  refusal: NonNullable<Journey['refusal']>;
}) {
  const texts = useTexts();
  useEffect(() => {
    scrollToTop();
    platform.focus(RECEIPT);
  }, [number]);
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: -1 };
  return (
    <View id={RECEIPT} role="group" aria-label={texts.refusalReceipt} {...forKeys}>
      <Card title={entity}>
        <NumberRow label={texts.refusalNumber} number={number} />
        <Row label={texts.refusedAt}>{formatTime(at)}</Row>
        <View className="text">{texts.refusalNext}</View>
      </Card>
    </View>
  );
}
