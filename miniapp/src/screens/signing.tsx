import { View } from '@tarojs/components';
import { useState } from 'react';
import { defectOf } from '../../../domain/signature';
import type { Signature } from '../../../domain/signature';
import type { Journey } from '../api';
import { useJourney } from '../journey';
import { Primary, Secondary } from '../parts/actions';
import { Unread } from '../parts/reading';
import { Card, Notices, Row, Screen } from '../parts/screen';
import { useSaid, useTexts } from '../texts';
import { Content, useDetails } from './details';
import { Captured, usePortrait } from './portrait';
import { RefuseToDo } from './refuse';
import { SignaturePad } from './signature-pad';

/** 确认并签字 */
export function Signing({ view }: { view: Journey }) {
  const texts = useTexts();
  const said = useSaid();
  const { tap } = useJourney();
  const { person, toDoId = '' } = view;
  const reading = useDetails(view, toDoId);
  const picture = usePortrait(view);
  const [signature, setSignature] = useState<Signature>({ strokes: [], width: 0, height: 0 });
  const [isTooLittle, setTooLittle] = useState(false);

  const sign = async () => {
    // The server's own rule, asked before the server is.
    const isNone = defectOf(signature) !== undefined;
    setTooLittle(isNone);
    if (!isNone) await tap(`to-dos/${toDoId}/signature`, signature);
  };

  return (
    <Screen title={texts.signTitle}>
      <Notices notices={view.notices} />
      {person && (
        <Card title={texts.person}>
          <Row label={texts.name}>{person.name}</Row>
          <Row label={said(`document_${person.documentType}`, person.documentName)}>{person.number}</Row>
        </Card>
      )}
      <Captured picture={picture} />
      {reading.value ? <Content details={reading.value} /> : <Unread reading={reading} />}
      <View className="hint">{texts.next.signing}</View>
      <SignaturePad
        signature={signature}
        onChange={(next) => {
          setSignature(next);
          setTooLittle(false);
        }}
      />
      {isTooLittle && (
        <View className="notice" role="alert">
          {texts.tooLittle}
        </View>
      )}
      <Primary
        disabled={!reading.value || signature.strokes.length === 0}
        doing="signature-check"
        onTap={sign}
      >
        {texts.confirm}
      </Primary>
      <Secondary onTap={() => tap(`to-dos/${toDoId}/cancellation`)}>{texts.cancel}</Secondary>
      <RefuseToDo toDoId={toDoId} />
    </Screen>
  );
}
