import { View } from '@tarojs/components';
import type { Journey, ToDoDetails } from '../api';
import { useJourney } from '../journey';
import { Primary } from '../parts/actions';
import { Unread, useReading } from '../parts/reading';
import type { Reading } from '../parts/reading';
import { Card, Lines, Row, Screen } from '../parts/screen';
import { filled, timeOf, useTexts } from '../texts';
import { RefuseToDo } from './refuse';
import { ToDoRows } from './to-dos';

/** What a to-do is about. */
export function useDetails({ id, revision }: Journey, toDoId: string | undefined): Reading<ToDoDetails> {
  return useReading<ToDoDetails>(toDoId && `/api/journeys/${id}/to-dos/${toDoId}`, revision);
}

/** 业务详情: everything that will be confirmed. Whatever is decided, the page before shows where that leads. */
export function Details({
  view,
  toDoId,
  isInvited,
}: {
  view: Journey;
  toDoId: string;
  /** It was opened by a link, which opens what the list no longer has. */
  isInvited: boolean;
}) {
  const texts = useTexts();
  const { tap, askForMessages } = useJourney();
  const reading = useDetails(view, toDoId);
  const details = reading.value;
  if (!details) return <Unread reading={reading} />;
  const { nameDiffers, state, reIssue } = details;
  const may = (command: string) => view.allowed.includes(command);
  const isRefusable = ['pending', 'confirmed', 'carried'].includes(state);
  const confirm = async () => {
    // Before the command: its answer leaves the page that Alipay asks on.
    await askForMessages();
    return await tap(`to-dos/${toDoId}/confirmation`, { textHash: details.textHash });
  };
  return (
    <Screen title={texts.detailsTitle}>
      <Content details={details} />
      {nameDiffers && <View className="notice">{texts.nameDiffers}</View>}
      {reIssue && !isInvited && <AskReIssue toDoId={toDoId} reIssue={reIssue} />}
      {state === 'pending' && (!reIssue || isInvited) && (
        <>
          <View className="hint">{texts.next.details}</View>
          <Primary disabled={nameDiffers || !may('confirm')} onTap={confirm}>
            {texts.confirm}
          </Primary>
        </>
      )}
      {may('refuse') && isRefusable && <RefuseToDo toDoId={toDoId} />}
    </Screen>
  );
}

/** 已超过7天: one tap asks the registration system to push it again. */
function AskReIssue({
  toDoId,
  reIssue: { askable, requestedAt },
}: {
  toDoId: string;
  reIssue: NonNullable<ToDoDetails['reIssue']>;
}) {
  const texts = useTexts();
  const { tap } = useJourney();
  return (
    <Card title={texts.states.unlisted}>
      <View className="text">{texts.reIssueWhat}</View>
      {requestedAt && <View className="hint">{filled(texts.reIssueAsked, { at: timeOf(requestedAt) })}</View>}
      {askable && <Primary onTap={() => tap(`to-dos/${toDoId}/re-issue`)}>{texts.reIssue}</Primary>}
    </Card>
  );
}

export function Content({ details }: { details: ToDoDetails }) {
  const texts = useTexts();
  const { entity, name, sections, documents, liability, state } = details;
  return (
    <>
      <Card title={entity}>
        <Row label={texts.name}>{name}</Row>
        <ToDoRows toDo={details} isPast={state !== 'pending'} />
      </Card>
      {sections.map(({ title, fields }) => (
        <Card key={title} title={title}>
          {fields.map(({ label, value }) => (
            <Row key={label} label={label}>
              {value}
            </Row>
          ))}
        </Card>
      ))}
      {documents.length > 0 && (
        <Card title={texts.documents}>
          {documents.map((one) => (
            <View key={one.name} className="text">
              {one.name}
            </View>
          ))}
        </Card>
      )}
      <Card title={texts.liability}>
        <Lines>{liability.replace(/^#.*\n+/, '')}</Lines>
      </Card>
    </>
  );
}
