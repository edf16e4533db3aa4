import { View } from '@tarojs/components';
import type { Command, Journey, ToDoDetails } from '../api-contract';
import { apiRequest } from '../api-request';
import { PrimaryButton } from '../components/buttons';
import { LegalTextBody } from '../components/legal-text';
import { NameDiffers } from '../components/name-differs';
import { QueryStatus } from '../components/query-status';
import { Card, Row, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { fillIn, formatTime, useTexts } from '../texts';
import { useQuery } from '../use-query';
import type { Query } from '../use-query';
import { DocumentsCard } from './documents';
import { RefuseToDo } from './refuse';
import { ToDoRows } from './to-dos';

/** Reads everything about a to-do. */
export function useDetails({ id, revision }: Journey, toDoId: string | undefined): Query<ToDoDetails> {
  const request = toDoId
    ? apiRequest('GET', '/api/journeys/{id}/to-dos/{toDoId}', { path: { id, toDoId } })
    : undefined;
  return useQuery(request, revision);
}

/** 业务详情: everything that will be confirmed. After a decision the page before shows the next step. */
export function Details({
  view,
  toDoId,
  isInvited,
}: {
  view: Journey;
  toDoId: string;
  /** The link of an invitation opens to-dos that are no longer listed, too. */
  isInvited: boolean;
}) {
  const texts = useTexts();
  const { send, requestMessages } = useJourney();
  const query = useDetails(view, toDoId);
  const details = query.value;
  if (!details) return <QueryStatus query={query} />;
  const { differingNames, state, reIssue, textHash } = details;
  const may = (command: Command) => view.allowed.includes(command);
  const isRefusable = ['pending', 'confirmed', 'carried'].includes(state);
  const confirm = async () => {
    // Before the command, whose response closes the page on which Alipay asks.
    await requestMessages();
    await send('/api/journeys/{id}/to-dos/{toDoId}/confirmation', { path: { toDoId }, body: { textHash } });
  };
  return (
    <Screen title={texts.detailsTitle}>
      {state === 'pending' && <NameDiffers names={differingNames} />}
      <MatterCards details={details} />
      {reIssue && !isInvited && <ReIssue toDoId={toDoId} reIssue={reIssue} />}
      {state === 'pending' && !differingNames && (!reIssue || isInvited) && (
        <>
          <View className="hint">{view.onlyAtWindow ? texts.next.detailsAtWindow : texts.next.details}</View>
          <PrimaryButton disabled={!may('confirm')} onPress={confirm}>
            {texts.confirm}
          </PrimaryButton>
        </>
      )}
      {isRefusable && state !== 'pending' && <View className="hint">{texts.settledNotMe}</View>}
      {may('refuse') && isRefusable && <RefuseToDo toDoId={toDoId} />}
    </Screen>
  );
}

/** 已超过7天: asks the registration system to push the matter again. */
function ReIssue({
  toDoId,
  reIssue: { askable, requestedAt },
}: {
  toDoId: string;
  reIssue: NonNullable<ToDoDetails['reIssue']>;
}) {
  const texts = useTexts();
  const { send } = useJourney();
  const request = () => send('/api/journeys/{id}/to-dos/{toDoId}/re-issue', { path: { toDoId } });
  return (
    <Card title={texts.states.unlisted}>
      <View className="text">{texts.reIssueWhat}</View>
      {requestedAt && (
        <View className="hint">{fillIn(texts.reIssueAsked, { at: formatTime(requestedAt) })}</View>
      )}
      {askable && <PrimaryButton onPress={request}>{texts.reIssue}</PrimaryButton>}
    </Card>
  );
}

/** The matter as the registration system pushed it. */
export function MatterCards({ details }: { details: ToDoDetails }) {
  const texts = useTexts();
  const { entity, name, sections, liability, state } = details;
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
      <DocumentsCard toDo={details} />
      {state === 'pending' && (
        <Card title={texts.liability}>
          <LegalTextBody text={liability} />
        </Card>
      )}
      {state === 'pending' && texts.liabilityReference && (
        <Card>
          <LegalTextBody text={texts.liabilityReference} />
        </Card>
      )}
    </>
  );
}
