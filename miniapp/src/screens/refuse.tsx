import Taro from '@tarojs/taro';
import type { JourneyState } from '../journey';
import { useTexts } from '../texts';
import { Plain } from './parts';

const reasons = ['not-me', 'content-wrong', 'no-longer-wanted', 'other'] as const;

/** 「这不是我办的」, with its reason. */
export function RefuseToDo({
  toDoId,
  state,
}: {
  toDoId: string;
  state: Pick<JourneyState, 'tap' | 'isBusy'>;
}) {
  const texts = useTexts();
  const refuse = async () => {
    const chosen = await Taro.showActionSheet({
      alertText: texts.notMeTitle,
      itemList: reasons.map((reason) => texts[reason]),
    }).catch(() => undefined);
    const reason = chosen && reasons[chosen.tapIndex];
    if (reason) await state.tap(`to-dos/${toDoId}/refusal`, { reason });
  };
  return (
    <Plain disabled={state.isBusy} onTap={() => void refuse()}>
      {texts.notMe}
    </Plain>
  );
}
