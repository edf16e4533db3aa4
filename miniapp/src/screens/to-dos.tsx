import { View } from '@tarojs/components';
import Taro, { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import type { Journey, ToDo } from '../api-contract';
import { apiRequest } from '../api-request';
import { PrimaryButton, SecondaryButton } from '../components/buttons';
import { CloseJourney } from '../components/close-journey';
import { NumberRow } from '../components/number-row';
import { Pressable } from '../components/pressable';
import { QueryStatus } from '../components/query-status';
import { Card, Notices, Row, Screen } from '../components/screen';
import { invitedToDo } from '../invitation';
import { platform } from '../platform';
import { fillIn, formatTime, formatTimeLeft, textOf, useServerMessage, useTexts } from '../texts';
import { useQuery } from '../use-query';
import { RefusalReceipt, RefuseToDo } from './refuse';

const tabs = ['open', 'past'] as const;

/** How many to-dos are shown at first: a page must have less than 1,000 nodes. */
const SHOWN = 20;

/** 待办事项 of the last seven days, and past ones. */
export function ToDos({ view }: { view: Journey }) {
  const texts = useTexts();
  const [tab, setTab] = useState<(typeof tabs)[number]>('open');
  const [shown, setShown] = useState(SHOWN);
  const { id, revision } = view;
  const query = useQuery(
    apiRequest('GET', '/api/journeys/{id}/to-dos', { path: { id }, query: { tab } }),
    revision,
  );
  const toDos = query.value?.toDos;
  // What the person should know comes first.
  const all = query.value && [...query.value.carried, ...query.value.toDos];
  const noToDos = query.value?.isAllDone ? texts.allDone : texts.noToDos;
  const mayRefuse = view.allowed.includes('refuse');
  const showMore = () => {
    setShown(shown + SHOWN);
    // The first of those that come.
    platform.focus(`to-do-${shown}`);
  };
  // Matters may be pushed or withdrawn while the person is on another page.
  useDidShow(query.reload);
  return (
    <Screen title={texts.toDosTitle}>
      <Notices notices={view.notices} />
      {view.refusal && <RefusalReceipt refusal={view.refusal} />}
      <View className="tabs" role="tablist">
        {tabs.map((one) => (
          <Pressable
            key={one}
            as={View}
            role="tab"
            aria-selected={one === tab}
            className={one === tab ? 'tab chosen' : 'tab'}
            onPress={() => {
              setTab(one);
              setShown(SHOWN);
            }}
          >
            {texts[one]}
          </Pressable>
        ))}
      </View>
      {!toDos && <QueryStatus query={query} />}
      {all?.slice(0, shown).map((toDo, at) => (
        <View key={toDo.toDoId} id={`to-do-${at}`}>
          <ToDoCard toDo={toDo} isPast={tab === 'past'} mayRefuse={mayRefuse} />
        </View>
      ))}
      {all && all.length > shown && (
        <SecondaryButton onPress={showMore}>
          {fillIn(texts.showMore, { left: all.length - shown })}
        </SecondaryButton>
      )}
      {toDos?.length === 0 && (
        <Card>
          <View className="text">{tab === 'open' ? noToDos : texts.noPast}</View>
        </Card>
      )}
      <View className="hint">{texts.next.toDos}</View>
      <SecondaryButton onPress={query.reload}>{texts.refresh}</SecondaryButton>
      <CloseJourney label={texts.finish} />
    </Screen>
  );
}

/** A new version for which the earlier signature counts. The person can refuse it without opening it first. */
function CarriedCard({ toDo, mayRefuse }: { toDo: ToDo; mayRefuse: boolean }) {
  const texts = useTexts();
  return (
    <Card title={toDo.entity}>
      <ToDoRows toDo={toDo} isPast />
      <SecondaryButton onPress={() => void openDetails(toDo.toDoId)}>{texts.detailsTitle}</SecondaryButton>
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
        <SecondaryButton onPress={open}>{texts.detailsTitle}</SecondaryButton>
      ) : (
        <PrimaryButton onPress={open}>{texts.confirmMatter}</PrimaryButton>
      )}
    </Card>
  );
}

/** Opens the page of a to-do, unless a page is open over the first one already. */
export async function openDetails(toDoId: string, { isInvited = false } = {}): Promise<void> {
  if (Taro.getCurrentPages().length > 1) return;
  await Taro.navigateTo({ url: `/pages/details/index?id=${toDoId}${isInvited ? '&invited=1' : ''}` });
}

/** Opens the page of a to-do again, after a command that led back to the list. That of an invitation opens by itself. */
export async function reopenDetails(toDoId: string): Promise<void> {
  if (toDoId !== invitedToDo()) await openDetails(toDoId);
}

export function ToDoRows({ toDo, isPast }: { toDo: ToDo; isPast: boolean }) {
  const texts = useTexts();
  const { state, listedUntil, settledAt, evidenceNumber, refusalNumber, reIssue, carried, pushedAt } = toDo;
  const isOpen = state === 'pending' && !isPast && !reIssue;
  // A past to-do that is still pending is no longer listed.
  const shownState = state === 'pending' ? 'unlisted' : state;
  // What is carried over says below when it was signed.
  const settledLabel = textOf(texts.settledAt, state);
  return (
    <>
      <MatterRows toDo={toDo} />
      {isOpen ? (
        <Row label={texts.deadline}>
          {fillIn(texts.untilDeadline, {
            left: formatTimeLeft(texts, listedUntil),
            at: formatTime(listedUntil),
          })}
        </Row>
      ) : (
        <Row label={texts.state}>{textOf(texts.states, shownState) ?? state}</Row>
      )}
      {carried && (
        <View className="notice" role="note">
          {fillIn(texts.carriedWhat, {
            version: carried.version,
            pushed: formatTime(pushedAt),
            signed: formatTime(carried.signedAt),
          })}
        </View>
      )}
      {settledAt && settledLabel && <Row label={settledLabel}>{formatTime(settledAt)}</Row>}
      {refusalNumber && <NumberRow label={texts.refusalNumber} number={refusalNumber} />}
      {evidenceNumber && <NumberRow label={texts.evidenceNumber} number={evidenceNumber} />}
    </>
  );
}

/** What kind of matter it is, and the person's roles. */
export function KindRows({ toDo: { kind, roles } }: { toDo: ToDo }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  return (
    <>
      <Row label={texts.kind}>{serverMessage(`kind_${kind.code}`, kind.name)}</Row>
      <Row label={texts.roles}>
        {roles.map(({ code, name }) => serverMessage(`role_${code}`, name)).join(texts.listSeparator)}
      </Row>
    </>
  );
}

/** The same, the authority that decides, and who pushed it. */
export function MatterRows({ toDo }: { toDo: ToDo }) {
  const texts = useTexts();
  const { authorityName, pushedBy } = toDo;
  return (
    <>
      <KindRows toDo={toDo} />
      {authorityName && <Row label={texts.registrationAuthority}>{authorityName}</Row>}
      <Row label={texts.pushedBy}>{pushedBy}</Row>
    </>
  );
}
