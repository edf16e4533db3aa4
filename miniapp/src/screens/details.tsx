import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { call } from '../api';
import type { Journey, ToDoDetails } from '../api';
import type { JourneyState } from '../journey';
import { useTexts } from '../texts';
import { Primary, Row, Screen, Secondary } from './parts';
import { RefuseToDo } from './refuse';
import { ToDoRows } from './to-dos';

/** What a to-do is about, read from the api. */
export function useDetails(journey: string, toDoId?: string): ToDoDetails | undefined {
  const [details, setDetails] = useState<ToDoDetails>();
  useEffect(() => {
    if (toDoId) void call<ToDoDetails>('GET', `/api/journeys/${journey}/to-dos/${toDoId}`).then(setDetails);
  }, [journey, toDoId]);
  return details;
}

/** 业务详情: everything that will be confirmed. */
export function Details({
  view,
  state,
  toDoId,
  onBack,
}: {
  view: Journey;
  state: Omit<JourneyState, 'view'>;
  toDoId: string;
  onBack: () => void;
}) {
  const texts = useTexts();
  const details = useDetails(view.id, toDoId);
  if (!details) return <View className="card text">{texts.working}</View>;
  const confirm = () => state.tap(`to-dos/${toDoId}/confirmation`, { textHash: details.textHash });
  return (
    <Screen title={texts.detailsTitle}>
      <Content details={details} />
      {details.nameDiffers && <View className="notice">{texts.nameDiffers}</View>}
      {details.state === 'pending' && (
        <Primary disabled={state.isBusy || details.nameDiffers} onTap={() => void confirm()}>
          {texts.confirm}
        </Primary>
      )}
      <Secondary onTap={onBack}>{texts.back}</Secondary>
      {view.allowed.includes('refuse') && <RefuseToDo toDoId={toDoId} state={state} />}
    </Screen>
  );
}

export function Content({ details }: { details: ToDoDetails }) {
  const texts = useTexts();
  return (
    <>
      <View className="card">
        <View className="card-title">{details.entity}</View>
        <Row label={texts.name}>{details.name}</Row>
        <ToDoRows toDo={details} texts={texts} />
      </View>
      {details.sections.map(({ title, fields }) => (
        <View key={title} className="card">
          <View className="card-title">{title}</View>
          {fields.map(({ label, value }) => (
            <Row key={label} label={label}>
              {value}
            </Row>
          ))}
        </View>
      ))}
      {details.documents.length > 0 && (
        <View className="card">
          <View className="card-title">{texts.documents}</View>
          {details.documents.map(({ name }) => (
            <View key={name} className="text">
              {name}
            </View>
          ))}
        </View>
      )}
      <View className="card">
        <View className="card-title">{texts.liability}</View>
        <View className="text">{details.liability.replace(/^#.*\n+/, '')}</View>
      </View>
    </>
  );
}
