import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { defectOf } from '../../../domain/signature';
import type { Journey, ToDoDetails } from '../api-contract';
import { LinkButton, PrimaryButton } from '../components/buttons';
import { ConfirmPress } from '../components/confirm-press';
import { Countdown } from '../components/countdown';
import { Pressable } from '../components/pressable';
import { Notices, Screen } from '../components/screen';
import { forgetInk, keepInk, keptInk } from '../ink';
import { useJourney } from '../journey';
import { platform } from '../platform';
import type { Ink } from '../signature';
import { useTexts } from '../texts';
import { useSecondsLeft } from '../use-seconds-left';
import { MatterCards, useDetails } from './details';
import { HandOver } from './hand-over';
import { RefuseToDo } from './refuse';
import { SignaturePad } from './signature-pad';
import { SigningSummary } from './signing-summary';
import { reopenDetails } from './to-dos';

const NOTHING: Ink = { strokes: [], width: 0, height: 0, beganAt: 0 };

/** Where 用手机签字 stands. */
const PHONE = 'sign-on-phone';

/** 确认并签字 */
export function Signing({ view }: { view: Journey }) {
  const texts = useTexts();
  const { isBusy } = useJourney();
  const [isForPhone, setForPhone] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const details = useDetails(view, view.toDoId);
  const left = useSecondsLeft(view.signing);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // A signature that was sent in time counts.
    if (left === 0 && !isBusy) setOver(true);
  }, [left, isBusy]);
  const signHere = () => {
    setForPhone(false);
    platform.focus(PHONE);
  };
  return (
    <Screen title={texts.signTitle}>
      <Notices notices={view.notices} />
      <SigningSummary view={view} details={details} />
      <View className="sign-line">
        <Pressable className="link" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? texts.lessOfMatter : texts.wholeMatter}
        </Pressable>
        {platform.handover?.isOffered() && !isOver && (
          <View id={PHONE}>
            {!isForPhone && <LinkButton onPress={() => setForPhone(true)}>{texts.signOnPhone}</LinkButton>}
          </View>
        )}
        {view.signing && !isOver && <Countdown from={view.signing.secondsLeft} left={left ?? 0} />}
      </View>
      {isWhole && details.value && <MatterCards details={details.value} />}
      {isOver && <TimeIsOver view={view} />}
      {!isOver && isForPhone && <HandOver view={view} onClose={signHere} />}
      {!isOver && !isForPhone && <SignHere view={view} shown={details.value} />}
      <RefuseToDo toDoId={view.toDoId ?? ''} />
    </Screen>
  );
}

/** The pad, and what is done with the signature. @param shown what the person signs, once it is on the screen */
function SignHere({ view, shown }: { view: Journey; shown: ToDoDetails | undefined }) {
  const texts = useTexts();
  const { send } = useJourney();
  const [ink, setInk] = useState(() => keptInk(view) ?? NOTHING);
  const [isTooLittle, setTooLittle] = useState(false);
  const { toDoId = '' } = view;
  const sign = async () => {
    // The server has the same rule. Checking it here saves a request that would be rejected.
    const isDefective = defectOf(ink) !== undefined;
    setTooLittle(isDefective);
    if (isDefective || !shown) return;
    const { strokes, width, height } = ink;
    const body = { strokes, width, height, liabilityVersion: shown.liabilityVersion };
    await send('/api/journeys/{id}/to-dos/{toDoId}/signature', { path: { toDoId }, body });
  };
  const cancel = () => send('/api/journeys/{id}/to-dos/{toDoId}/cancellation', { path: { toDoId } });
  const change = (next: Ink) => {
    setInk(next);
    keepInk(view, next);
    setTooLittle(false);
  };
  return (
    <>
      <SignaturePad ink={ink} onChange={change} />
      {isTooLittle && (
        <View className="notice" role="alert">
          {texts.tooLittle}
        </View>
      )}
      <PrimaryButton
        disabled={!shown || ink.strokes.length === 0}
        workingStep="signature-check"
        onPress={sign}
      >
        {texts.confirm}
      </PrimaryButton>
      <View className="hint sign-hint">{texts.next.signing}</View>
      <ConfirmPress
        label={texts.cancel}
        loss={texts.cancelLoss}
        confirm={texts.cancelConfirm}
        onConfirm={cancel}
      />
    </>
  );
}

/** The face check proves nothing any more: the person confirms the matter again, which leads to another one. */
function TimeIsOver({ view: { toDoId = '' } }: { view: Journey }) {
  const texts = useTexts();
  const { send } = useJourney();
  useEffect(forgetInk, []);
  const verifyAgain = async () => {
    const path = { toDoId };
    if (await send('/api/journeys/{id}/to-dos/{toDoId}/cancellation', { path })) await reopenDetails(toDoId);
  };
  return (
    <>
      <View className="notice" role="alert">
        {texts.timeIsOver}
      </View>
      <PrimaryButton onPress={verifyAgain}>{texts.tryAgain}</PrimaryButton>
    </>
  );
}
