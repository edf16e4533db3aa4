import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { Journey } from '../api';
import { useJourney } from '../journey';
import { Plain, Primary, Secondary } from '../parts/actions';
import { Unread } from '../parts/reading';
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
      <View className="hint">{texts.next.stuck}</View>
      <Primary onTap={look}>{texts.lookAgain}</Primary>
      {allowed.includes('back') && <Secondary onTap={() => tap('back')}>{backText}</Secondary>}
      {allowed.includes('ask-in-person') && <Plain onTap={() => tap('in-person')}>{texts.toWindow}</Plain>}
      {toDoId && allowed.includes('refuse') && <RefuseToDo toDoId={toDoId} />}
      <Plain onTap={() => tap('close')}>{texts.giveUp}</Plain>
    </Screen>
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
