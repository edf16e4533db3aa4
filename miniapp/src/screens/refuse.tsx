import { RadioGroup, View } from '@tarojs/components';
import { useState } from 'react';
import { refusalReasons } from '../../../domain/refusals';
import type { RefusalReason } from '../../../domain/refusals';
import type { Journey } from '../api-contract';
import { PlainButton, PrimaryButton, SecondaryButton } from '../components/buttons';
import { RadioBox } from '../components/fields';
import { NumberRow } from '../components/number-row';
import { Card, Row } from '../components/screen';
import { forgetInvitation, invitedToDo } from '../invitation';
import { useJourney } from '../journey';
import { formatTime, useTexts } from '../texts';

/** 「这不是我办的」: asks for the reason, says what follows, and then asks for confirmation. */
export function RefuseToDo({ toDoId }: { toDoId: string }) {
  const texts = useTexts();
  const { send } = useJourney();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<RefusalReason>();
  const refuse = async () => {
    if (!reason) return;
    if (invitedToDo() === toDoId) forgetInvitation();
    await send('/api/journeys/{id}/to-dos/{toDoId}/refusal', { path: { toDoId }, body: { reason } });
  };
  // Taro declares the detail of this event as `any`.
  const choose = ({ detail }: { detail: { value: string } }) =>
    setReason(refusalReasons.find((one) => one === detail.value));
  if (!isOpen) return <PlainButton onPress={() => setOpen(true)}>{texts.notMe}</PlainButton>;
  return (
    <View className="card" role="group" aria-label={texts.notMe}>
      <View className="card-title">{texts.notMe}</View>
      <View className="text">{texts.notMeWhat}</View>
      <RadioGroup onChange={choose}>
        {refusalReasons.map((one) => (
          <RadioBox key={one} value={one} isChecked={one === reason}>
            {texts.reasons[one]}
          </RadioBox>
        ))}
      </RadioGroup>
      <PrimaryButton disabled={!reason} onPress={refuse}>
        {texts.notMeConfirm}
      </PrimaryButton>
      <SecondaryButton onPress={() => setOpen(false)}>{texts.notMeNot}</SecondaryButton>
    </View>
  );
}

/** What a person who refused can show later, and what happens now. */
export function RefusalReceipt({
  refusal: { number, entity, at },
}: {
  refusal: NonNullable<Journey['refusal']>;
}) {
  const texts = useTexts();
  return (
    <Card title={entity}>
      <NumberRow label={texts.refusalNumber} number={number} />
      <Row label={texts.refusedAt}>{formatTime(at)}</Row>
      <View className="text">{texts.refusalNext}</View>
    </Card>
  );
}
