import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Journey } from '../api';
import type { JourneyState } from '../journey';
import { filled, timeOf, useTexts } from '../texts';
import { Notices, Plain, Primary, Row, Screen, Secondary } from './parts';
import { RefuseToDo } from './refuse';
import { ToDos } from './to-dos';

/** 完成 */
export function Completed({ view, ...state }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const [isListing, setListing] = useState(false);
  if (isListing) return <ToDos view={view} {...state} />;
  return (
    <Screen title={texts.completedTitle}>
      <Notices notices={view.notices} />
      <View className="card">
        <View className="text">{texts.completedWhat}</View>
        {view.completed && (
          <>
            <Row label={texts.evidenceNumber}>{view.completed.evidenceNumber}</Row>
            <Row label={texts.confirmedAt}>{timeOf(view.completed.confirmedAt)}</Row>
          </>
        )}
      </View>
      <Primary onTap={() => setListing(true)}>{texts.backToToDos}</Primary>
      <Secondary disabled={state.isBusy} onTap={() => void state.tap('close')}>
        {texts.finish}
      </Secondary>
    </Screen>
  );
}

/** What is being looked at and by whom, and what can be done meanwhile. */
export function Stuck({ view, ...state }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const { stuck, allowed, toDoId } = view;
  const backText = stuck?.cause === 'in-person' ? texts.backOnline : texts.backToToDos;
  return (
    <Screen title={texts.stuckTitle}>
      <Notices notices={view.notices} />
      <View className="card">
        <View className="text">{stuck?.message}</View>
        {stuck && <View className="hint">{filled(texts.stuckSince, { at: timeOf(stuck.since) })}</View>}
      </View>
      <Primary disabled={state.isBusy} onTap={() => void state.look()}>
        {texts.lookAgain}
      </Primary>
      {allowed.includes('back') && (
        <Secondary disabled={state.isBusy} onTap={() => void state.tap('back')}>
          {backText}
        </Secondary>
      )}
      {allowed.includes('ask-in-person') && (
        <Plain disabled={state.isBusy} onTap={() => void state.tap('in-person')}>
          {texts.toWindow}
        </Plain>
      )}
      {toDoId && allowed.includes('refuse') && <RefuseToDo toDoId={toDoId} state={state} />}
      <Plain disabled={state.isBusy} onTap={() => void state.tap('close')}>
        {texts.giveUp}
      </Plain>
    </Screen>
  );
}

/** The journey is over, and why. */
export function Closed({ view, leave }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  return (
    <Screen title={texts.closedTitle}>
      <Notices notices={view.notices} />
      <Primary onTap={leave}>{texts.startAgain}</Primary>
    </Screen>
  );
}
