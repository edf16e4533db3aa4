import { Label, Radio, RadioGroup, View } from '@tarojs/components';
import { useState } from 'react';
import { refusalReasons } from '../../../domain/refusals';
import { forgetInvitation, invitation } from '../invitation';
import { useJourney } from '../journey';
import { Plain, Primary, Secondary } from '../parts/actions';
import { useTexts } from '../texts';

/** 「这不是我办的」: why, what it leads to, and then that it is meant. */
export function RefuseToDo({ toDoId }: { toDoId: string }) {
  const texts = useTexts();
  const { tap } = useJourney();
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState<string>();
  const refuse = async () => {
    if (invitation() === toDoId) forgetInvitation();
    await tap(`to-dos/${toDoId}/refusal`, { reason });
  };
  if (!isAsked) return <Plain onTap={() => setAsked(true)}>{texts.notMe}</Plain>;
  return (
    <View className="card" role="group" aria-label={texts.notMe}>
      <View className="card-title">{texts.notMe}</View>
      <View className="text">{texts.notMeWhat}</View>
      <RadioGroup onChange={({ detail }) => setReason(detail.value)}>
        {refusalReasons.map((one) => (
          <Label key={one}>
            <View className="consent">
              <Radio value={one} checked={one === reason} />
              <View className="consent-text">{texts.reasons[one]}</View>
            </View>
          </Label>
        ))}
      </RadioGroup>
      <Primary disabled={!reason} onTap={refuse}>
        {texts.notMeConfirm}
      </Primary>
      <Secondary onTap={() => setAsked(false)}>{texts.notMeNot}</Secondary>
    </View>
  );
}
