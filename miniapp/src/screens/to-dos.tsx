import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { call } from '../api';
import type { Journey, ToDo } from '../api';
import type { JourneyState } from '../journey';
import { timeOf, useTexts } from '../texts';
import type { Texts } from '../texts/zh-CN';
import { Details } from './details';
import { Notices, Primary, Row, Screen, Secondary } from './parts';

const tabs = ['open', 'past'] as const;

/** 待办事项 of the last seven days, and past ones. */
export function ToDos({ view, ...state }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  const [tab, setTab] = useState<(typeof tabs)[number]>('open');
  const [toDos, setToDos] = useState<ToDo[]>();
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    setToDos(undefined);
    void call<{ toDos: ToDo[] }>('GET', `/api/journeys/${view.id}/to-dos?tab=${tab}`).then((answer) =>
      setToDos(answer.toDos),
    );
  }, [view.id, view.revision, tab]);
  if (chosen)
    return <Details view={view} state={state} toDoId={chosen} onBack={() => setChosen(undefined)} />;
  return (
    <Screen title={texts.toDosTitle}>
      <Notices notices={view.notices} />
      <View className="tabs" role="tablist">
        {tabs.map((one) => (
          <View
            key={one}
            role="tab"
            aria-selected={one === tab}
            className={one === tab ? 'tab chosen' : 'tab'}
            onClick={() => setTab(one)}
          >
            {texts[one]}
          </View>
        ))}
      </View>
      {toDos?.length === 0 && (
        <View className="card text">{tab === 'open' ? texts.noToDos : texts.noPast}</View>
      )}
      {toDos?.map((toDo) => (
        <View key={toDo.toDoId} className="card">
          <View className="card-title">{toDo.entity}</View>
          <ToDoRows toDo={toDo} texts={texts} />
          {tab === 'open' ? (
            <Primary disabled={state.isBusy} onTap={() => setChosen(toDo.toDoId)}>
              {texts.confirmMatter}
            </Primary>
          ) : (
            <Secondary onTap={() => setChosen(toDo.toDoId)}>{texts.detailsTitle}</Secondary>
          )}
        </View>
      ))}
      <Secondary disabled={state.isBusy} onTap={() => void state.tap('close')}>
        {texts.finish}
      </Secondary>
    </Screen>
  );
}

export function ToDoRows({ toDo, texts }: { toDo: ToDo; texts: Texts }) {
  const state = toDo.state as keyof Texts;
  return (
    <>
      <Row label={texts.kind}>{toDo.kind.name}</Row>
      <Row label={texts.roles}>{toDo.roles.map(({ name }) => name).join('、')}</Row>
      <Row label={texts.pushedBy}>{toDo.pushedBy}</Row>
      {toDo.state === 'pending' ? (
        <Row label={texts.deadline}>{timeOf(toDo.listedUntil)}</Row>
      ) : (
        <Row label={texts.state}>{texts[state]}</Row>
      )}
      {toDo.evidenceNumber && <Row label={texts.evidenceNumber}>{toDo.evidenceNumber}</Row>}
    </>
  );
}
