import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { Command, Journey, WindowCode } from '../api-contract';
import { apiRequest } from '../api-request';
import { PlainButton, PrimaryButton, SecondaryButton } from '../components/buttons';
import { QueryStatus } from '../components/query-status';
import { Card, Notices, Nowrap, Row, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { fillIn, formatTime, useServerMessage, useTexts, workingText } from '../texts';
import { useQuery } from '../use-query';
import type { Query } from '../use-query';
import { useDetails } from './details';
import { RefuseToDo } from './refuse';
import { MatterRows, openDetails, ToDos } from './to-dos';

/** 完成 */
export function Completed({ view }: { view: Journey }) {
  const texts = useTexts();
  const { send } = useJourney();
  const [isListing, setListing] = useState(false);
  const { toDoId, completed } = view;
  const details = useDetails(view, toDoId);
  if (isListing) return <ToDos view={view} />;
  return (
    <Screen title={texts.completedTitle} result="success">
      <Notices notices={view.notices} />
      <Card title={details.value?.entity}>
        <View className="text">{texts.completedWhat}</View>
        {completed && (
          <>
            <Row label={texts.evidenceNumber}>
              <Nowrap>{completed.evidenceNumber}</Nowrap>
            </Row>
            <Row label={texts.settledAt}>{formatTime(completed.confirmedAt)}</Row>
          </>
        )}
        {details.value ? <MatterRows toDo={details.value} /> : <QueryStatus query={details} />}
      </Card>
      <View className="hint">{texts.next.completed}</View>
      <PrimaryButton onPress={() => setListing(true)}>{texts.backToToDos}</PrimaryButton>
      {toDoId && <SecondaryButton onPress={() => openDetails(toDoId)}>{texts.detailsTitle}</SecondaryButton>}
      <SecondaryButton onPress={() => send('/api/journeys/{id}/close')}>{texts.finish}</SecondaryButton>
    </Screen>
  );
}

/** The journey waits for a clerk, a vendor, or the person at the window. */
export function Stuck({ view }: { view: Journey }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { send, refresh } = useJourney();
  const { id, revision, stuck, toDoId } = view;
  const may = (command: Command) => view.allowed.includes(command);
  const code = useQuery(
    stuck?.showsCode ? apiRequest('POST', '/api/journeys/{id}/window-code', { path: { id } }) : undefined,
    revision,
  );
  const refreshAll = async () => {
    await refresh();
    code.reload();
  };
  const backText = stuck?.cause === 'in-person' ? texts.backOnline : texts.backToToDos;
  return (
    <Screen title={texts.stuckTitle} result="waiting">
      <Notices notices={view.notices} />
      {stuck && (
        <Card>
          <View className="text">{serverMessage(`stuck_${stuck.cause}`, stuck.message)}</View>
          <View className="hint">{fillIn(texts.stuckSince, { at: formatTime(stuck.since) })}</View>
        </Card>
      )}
      {stuck?.showsCode && <WindowCodeCard code={code} />}
      <View className="hint">{texts.next.stuck}</View>
      <PrimaryButton onPress={refreshAll}>{texts.refresh}</PrimaryButton>
      {may('back') && (
        <SecondaryButton onPress={() => send('/api/journeys/{id}/back')}>{backText}</SecondaryButton>
      )}
      {may('ask-in-person') && (
        <PlainButton onPress={() => send('/api/journeys/{id}/in-person')}>{texts.toWindow}</PlainButton>
      )}
      {toDoId && may('refuse') && <RefuseToDo toDoId={toDoId} />}
      <PlainButton onPress={() => send('/api/journeys/{id}/close')}>{texts.giveUp}</PlainButton>
    </Screen>
  );
}

/** The code that the person shows to the clerk at the window. When it expires the next one is shown. */
function WindowCodeCard({ code }: { code: Query<WindowCode> }) {
  const texts = useTexts();
  const { value, reload } = code;
  useEffect(() => {
    if (!value) return undefined;
    const timer = setTimeout(reload, value.secondsLeft * 1000);
    return () => clearTimeout(timer);
  }, [value, reload]);
  return (
    <Card title={texts.windowCode}>
      {value ? (
        <>
          {/* Screen readers read it character by character. */}
          <View className="window-code" role="img" aria-label={[...value.code].join(' ')}>
            {`${value.code.slice(0, 3)} ${value.code.slice(3)}`}
          </View>
          <View className="hint">{fillIn(texts.windowCodeUntil, { at: formatTime(value.expiresAt) })}</View>
        </>
      ) : (
        <QueryStatus query={code} />
      )}
      <View className="text">{texts.windowCodeHow}</View>
      <View className="hint">{texts.windowCodeByPost}</View>
    </Card>
  );
}

const REFRESH_INTERVAL_MS = 2_000;

/** The machine is at work on a command whose response never reached this phone, for example because the app was closed. */
export function Working({ view }: { view: Journey }) {
  const texts = useTexts();
  const { refresh } = useJourney();
  useEffect(() => {
    const timer = setInterval(() => void refresh(), REFRESH_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return (
    <Screen title={workingText(texts, view.step)} result="waiting">
      <View className="hint">{texts.next.working}</View>
    </Screen>
  );
}
