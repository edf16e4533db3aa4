import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Journey } from '../api';
import type { JourneyState } from '../journey';
import { hasEnoughInk } from '../signature';
import type { Stroke } from '../signature';
import { useTexts } from '../texts';
import { Content, useDetails } from './details';
import { Notices, Primary, Row, Screen, Secondary } from './parts';
import { Captured } from './portrait';
import { RefuseToDo } from './refuse';
import { SignaturePad } from './signature-pad';

/** 确认并签字 */
export function Signing({ view, ...state }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const toDoId = view.toDoId ?? '';
  const details = useDetails(view.id, toDoId);
  const [strokes, setStrokes] = useState<Stroke[]>([]);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [isTooLittle, setTooLittle] = useState(false);

  const sign = async () => {
    const { width, height } = size;
    const isEnough = hasEnoughInk(strokes, width, height);
    setTooLittle(!isEnough);
    if (isEnough) await state.tap(`to-dos/${toDoId}/signature`, { strokes, width, height });
  };

  return (
    <Screen title={texts.signTitle}>
      <Notices notices={view.notices} />
      {view.person && (
        <View className="card">
          <Row label={texts.name}>{view.person.name}</Row>
          <Row label={view.person.documentName}>{view.person.number}</Row>
        </View>
      )}
      <Captured view={view} />
      {details && <Content details={details} />}
      <View className="card text">{texts.signWhat}</View>
      <SignaturePad
        strokes={strokes}
        onChange={(next, { width, height }) => {
          setStrokes(next);
          setSize({ width, height });
          setTooLittle(false);
        }}
      />
      {isTooLittle && (
        <View className="notice" role="alert">
          {texts.tooLittle}
        </View>
      )}
      <Primary disabled={state.isBusy || strokes.length === 0} onTap={() => void sign()}>
        {texts.confirm}
      </Primary>
      <Secondary disabled={state.isBusy} onTap={() => void state.tap(`to-dos/${toDoId}/cancellation`)}>
        {texts.cancel}
      </Secondary>
      <RefuseToDo toDoId={toDoId} state={state} />
    </Screen>
  );
}
