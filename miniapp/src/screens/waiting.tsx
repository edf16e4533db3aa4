import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { Journey, WindowCode } from '../api';
import { useJourney } from '../journey';
import { Plain, Primary, Secondary } from '../parts/actions';
import { Unread, useReading } from '../parts/reading';
import type { Reading } from '../parts/reading';
import { Card, Notices, Row, Screen } from '../parts/screen';
import { atWork, filled, timeOf, useSaid, useTexts } from '../texts';
import { useDetails } from './details';
import { RefuseToDo } from './refuse';
import { openDetails, ToDos, WhatItIs } from './to-dos';

/** 完成 */
export function Completed({ view }: { view: Journey }) {
  const texts = useTexts();
  const { tap } = useJourney();
  const [isListing, setListing] = useState(false);
  const { toDoId, completed } = view;
  const details = useDetails(view, toDoId);
  if (isListing) return <ToDos view={view} />;
  return (
    <Screen title={texts.completedTitle}>
      <Notices notices={view.notices} />
      <Card title={details.value?.entity}>
        <View className="text">{texts.completedWhat}</View>
        {completed && (
          <>
            <Row label={texts.evidenceNumber}>{completed.evidenceNumber}</Row>
            <Row label={texts.settledAt}>{timeOf(completed.confirmedAt)}</Row>
          </>
        )}
        {details.value ? <WhatItIs toDo={details.value} /> : <Unread reading={details} />}
      </Card>
      <View className="hint">{texts.next.completed}</View>
      <Primary onTap={() => setListing(true)}>{texts.backToToDos}</Primary>
      {toDoId && <Secondary onTap={() => openDetails(toDoId)}>{texts.detailsTitle}</Secondary>}
      <Secondary onTap={() => tap('close')}>{texts.finish}</Secondary>
    </Screen>
  );
}

/** What is being looked at and by whom, and what can be done meanwhile. */
export function Stuck({ view }: { view: Journey }) {
  const texts = useTexts();
  const said = useSaid();
  const { tap, look } = useJourney();
  const { stuck, allowed, toDoId } = view;
  const codePath = stuck?.showsCode ? `/api/journeys/${view.id}/window-code` : undefined;
  const code = useReading<WindowCode>(codePath, view.revision, 'POST');
  const lookAgain = async () => {
    await look();
    code.again();
  };
  const backText = stuck?.cause === 'in-person' ? texts.backOnline : texts.backToToDos;
  return (
    <Screen title={texts.stuckTitle}>
      <Notices notices={view.notices} />
      {stuck && (
        <Card>
          <View className="text">{said(`stuck_${stuck.cause}`, stuck.message)}</View>
          <View className="hint">{filled(texts.stuckSince, { at: timeOf(stuck.since) })}</View>
        </Card>
      )}
      {codePath && <AtWindow code={code} />}
      <View className="hint">{texts.next.stuck}</View>
      <Primary onTap={lookAgain}>{texts.lookAgain}</Primary>
      {allowed.includes('back') && <Secondary onTap={() => tap('back')}>{backText}</Secondary>}
      {allowed.includes('ask-in-person') && <Plain onTap={() => tap('in-person')}>{texts.toWindow}</Plain>}
      {toDoId && allowed.includes('refuse') && <RefuseToDo toDoId={toDoId} />}
      <Plain onTap={() => tap('close')}>{texts.giveUp}</Plain>
    </Screen>
  );
}

/** What the phone shows to the clerk at the window, until it is over; then the next one. */
function AtWindow({ code }: { code: Reading<WindowCode> }) {
  const texts = useTexts();
  const { value, again } = code;
  useEffect(() => {
    if (!value) return undefined;
    const timer = setTimeout(again, value.secondsLeft * 1000);
    return () => clearTimeout(timer);
  }, [value, again]);
  return (
    <Card title={texts.windowCode}>
      {value ? (
        <>
          {/* Screen readers say it character by character. */}
          <View className="window-code" role="img" aria-label={[...value.code].join(' ')}>
            {`${value.code.slice(0, 3)} ${value.code.slice(3)}`}
          </View>
          <View className="hint">{filled(texts.windowCodeUntil, { at: timeOf(value.expiresAt) })}</View>
        </>
      ) : (
        <Unread reading={code} />
      )}
      <View className="text">{texts.windowCodeHow}</View>
      <View className="hint">{texts.windowCodeByPost}</View>
    </Card>
  );
}

const LOOK_AFTER_MS = 2_000;

/** The machine is at work, and nobody waits for its answer any more: the phone was away when the tap was sent. */
export function Working({ view }: { view: Journey }) {
  const texts = useTexts();
  const { look } = useJourney();
  useEffect(() => {
    const timer = setInterval(() => void look(), LOOK_AFTER_MS);
    return () => clearInterval(timer);
  }, [look]);
  return (
    <Screen title={atWork(texts, view.step)}>
      <View className="hint">{texts.next.working}</View>
    </Screen>
  );
}
