import { View } from '@tarojs/components';
import Taro, { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import type { Journey, ToDo } from '../api';
import { useJourney } from '../journey';
import { Primary, Secondary } from '../parts/actions';
import { Unread, useReading } from '../parts/reading';
import { Card, Notices, Row, Screen } from '../parts/screen';
import { Tappable } from '../parts/tappable';
import { RefuseToDo } from './refuse';
import { filled, timeLeft, timeOf, useSaid, useTexts } from '../texts';

const tabs = ['open', 'past'] as const;

/** 待办事项 of the last seven days, and past ones. */
export function ToDos({ view }: { view: Journey }) {
  const texts = useTexts();
  const { tap } = useJourney();
  const [tab, setTab] = useState<(typeof tabs)[number]>('open');
  const reading = useReading<{ toDos: ToDo[]; carried: ToDo[] }>(
    `/api/journeys/${view.id}/to-dos?tab=${tab}`,
    view.revision,
  );
  const toDos = reading.value?.toDos;
  const mayRefuse = view.allowed.includes('refuse');
  // Matters are pushed and withdrawn while the person is elsewhere.
  useDidShow(reading.again);
  return (
    <Screen title={texts.toDosTitle}>
      <Notices notices={view.notices} />
      <View className="tabs" role="tablist">
        {tabs.map((one) => (
          <Tappable
            key={one}
            as={View}
            role="tab"
            aria-selected={one === tab}
            className={one === tab ? 'tab chosen' : 'tab'}
            onTap={() => setTab(one)}
          >
            {texts[one]}
          </Tappable>
        ))}
      </View>
      {!toDos && <Unread reading={reading} />}
      {reading.value?.carried.map((toDo) => (
        <CarriedCard key={toDo.toDoId} toDo={toDo} mayRefuse={mayRefuse} />
      ))}
      {toDos?.length === 0 && (
        <Card>
          <View className="text">{tab === 'open' ? texts.noToDos : texts.noPast}</View>
        </Card>
      )}
      {toDos?.map((toDo) => (
        <ToDoCard key={toDo.toDoId} toDo={toDo} isPast={tab === 'past'} mayRefuse={mayRefuse} />
      ))}
      <View className="hint">{texts.next.toDos}</View>
      <Secondary onTap={reading.again}>{texts.lookAgain}</Secondary>
      <Secondary onTap={() => tap('close')}>{texts.finish}</Secondary>
    </Screen>
  );
}

/** A new version counts as signed: what was pushed, and the way out, without opening it first. */
function CarriedCard({ toDo, mayRefuse }: { toDo: ToDo; mayRefuse: boolean }) {
  const texts = useTexts();
  return (
    <Card title={toDo.entity}>
      <ToDoRows toDo={toDo} isPast />
      <Secondary onTap={() => void openDetails(toDo.toDoId)}>{texts.detailsTitle}</Secondary>
      {mayRefuse && <RefuseToDo toDoId={toDo.toDoId} />}
    </Card>
  );
}

function ToDoCard({ toDo, isPast, mayRefuse }: { toDo: ToDo; isPast: boolean; mayRefuse: boolean }) {
  const texts = useTexts();
  if (toDo.state === 'carried') return <CarriedCard toDo={toDo} mayRefuse={mayRefuse} />;
  const open = () => void openDetails(toDo.toDoId);
  return (
    <Card title={toDo.entity}>
      <ToDoRows toDo={toDo} isPast={isPast} />
      {isPast ? (
        <Secondary onTap={open}>{texts.detailsTitle}</Secondary>
      ) : (
        <Primary onTap={open}>{texts.confirmMatter}</Primary>
      )}
    </Card>
  );
}

/** Over the page of the list, and once. */
export async function openDetails(toDoId: string, { isInvited = false } = {}): Promise<void> {
  if (Taro.getCurrentPages().length > 1) return;
  await Taro.navigateTo({ url: `/pages/details/index?id=${toDoId}${isInvited ? '&invited=1' : ''}` });
}

export function ToDoRows({ toDo, isPast }: { toDo: ToDo; isPast: boolean }) {
  const texts = useTexts();
  const { state, listedUntil, settledAt, evidenceNumber, reIssue, carried, pushedAt } = toDo;
  const isOpen = state === 'pending' && !isPast && !reIssue;
  return (
    <>
      <WhatItIs toDo={toDo} />
      {isOpen ? (
        <Row label={texts.deadline}>
          {filled(texts.untilDeadline, { left: timeLeft(texts, listedUntil), at: timeOf(listedUntil) })}
        </Row>
      ) : (
        <Row label={texts.state}>{stateOf(texts.states, state)}</Row>
      )}
      {carried && (
        <View className="notice" role="note">
          {filled(texts.carriedWhat, {
            version: carried.version,
            pushed: timeOf(pushedAt),
            signed: timeOf(carried.signedAt),
          })}
        </View>
      )}
      {settledAt && !carried && <Row label={texts.settledAt}>{timeOf(settledAt)}</Row>}
      {evidenceNumber && <Row label={texts.evidenceNumber}>{evidenceNumber}</Row>}
    </>
  );
}

export function WhatItIs({ toDo: { kind, roles, pushedBy } }: { toDo: ToDo }) {
  const texts = useTexts();
  const said = useSaid();
  return (
    <>
      <Row label={texts.kind}>{said(`kind_${kind.code}`, kind.name)}</Row>
      <Row label={texts.roles}>{roles.map(({ code, name }) => said(`role_${code}`, name)).join('、')}</Row>
      <Row label={texts.pushedBy}>{pushedBy}</Row>
    </>
  );
}

/** One that is past and still pending is one that is no longer listed. */
function stateOf(states: Record<string, string>, state: string): string {
  return states[state === 'pending' ? 'unlisted' : state] ?? state;
}
