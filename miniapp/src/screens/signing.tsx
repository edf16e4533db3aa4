import { View } from '@tarojs/components';
import { useState } from 'react';
import { defectOf } from '../../../domain/signature';
import type { Journey } from '../api-contract';
import { PrimaryButton } from '../components/buttons';
import { ConfirmPress } from '../components/confirm-press';
import { QueryStatus } from '../components/query-status';
import { Card, Notices, Nowrap, Row, Screen } from '../components/screen';
import { useJourney } from '../journey';
import type { Signature } from '../signature';
import { useServerMessage, useTexts } from '../texts';
import { MatterCards, useDetails } from './details';
import { PortraitCard, usePortrait } from './portrait';
import { RefuseToDo } from './refuse';
import { SignaturePad } from './signature-pad';

/** 确认并签字 */
export function Signing({ view }: { view: Journey }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { send } = useJourney();
  const { person, toDoId = '' } = view;
  const details = useDetails(view, toDoId);
  const picture = usePortrait(view);
  const [signature, setSignature] = useState<Signature>({ strokes: [], width: 0, height: 0 });
  const [isTooLittle, setTooLittle] = useState(false);

  const sign = async () => {
    // The server has the same rule. Checking it here saves a request that would be rejected.
    const isDefective = defectOf(signature) !== undefined;
    setTooLittle(isDefective);
    if (isDefective) return;
    await send('/api/journeys/{id}/to-dos/{toDoId}/signature', { path: { toDoId }, body: signature });
  };
  const cancel = () => send('/api/journeys/{id}/to-dos/{toDoId}/cancellation', { path: { toDoId } });

  return (
    <Screen title={texts.signTitle}>
      <Notices notices={view.notices} />
      {person && (
        <Card title={texts.person}>
          <Row label={texts.name}>{person.name}</Row>
          <Row label={serverMessage(`document_${person.documentType}`, person.documentName)}>
            <Nowrap>{person.number}</Nowrap>
          </Row>
        </Card>
      )}
      <PortraitCard picture={picture} />
      {details.value ? <MatterCards details={details.value} /> : <QueryStatus query={details} />}
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
      <PrimaryButton
        disabled={!details.value || signature.strokes.length === 0}
        workingStep="signature-check"
        onPress={sign}
      >
        {texts.confirm}
      </PrimaryButton>
      <ConfirmPress
        label={texts.cancel}
        loss={texts.cancelLoss}
        confirm={texts.cancelConfirm}
        onConfirm={cancel}
      />
      <RefuseToDo toDoId={toDoId} />
    </Screen>
  );
}
