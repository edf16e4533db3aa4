import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { Command, Journey, WindowCode } from '../api-contract';
import { apiRequest } from '../api-request';
import { PlainButton, PrimaryButton, SecondaryButton } from '../components/buttons';
import { CloseJourney } from '../components/close-journey';
import { NumberRow } from '../components/number-row';
import { QrCode } from '../components/qr-code';
import { QueryStatus } from '../components/query-status';
import { Card, Notices, Row, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { useJourneyUpdates } from '../journey-updates';
import { fillIn, formatTime, groupDigits, textOf, useServerMessage, useTexts, workingText } from '../texts';
import { useQuery } from '../use-query';
import type { Query } from '../use-query';
import { useDetails } from './details';
import { RefuseToDo } from './refuse';
import { MatterRows, openDetails, ToDos } from './to-dos';

/** 完成 */
export function Completed({ view }: { view: Journey }) {
  const texts = useTexts();
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
            <NumberRow label={texts.evidenceNumber} number={completed.evidenceNumber} />
            <Row label={texts.settledAt.confirmed}>{formatTime(completed.confirmedAt)}</Row>
          </>
        )}
        {details.value ? <MatterRows toDo={details.value} /> : <QueryStatus query={details} />}
      </Card>
      <View className="hint">{texts.next.completed}</View>
      <PrimaryButton onPress={() => setListing(true)}>{texts.backToToDos}</PrimaryButton>
      {toDoId && <SecondaryButton onPress={() => openDetails(toDoId)}>{texts.detailsTitle}</SecondaryButton>}
      <CloseJourney label={texts.finish} />
    </Screen>
  );
}

/** The journey waits for a clerk, a vendor, or the person at the window. It goes on by itself as soon as it has moved. */
export function Stuck({ view }: { view: Journey }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { send, refresh } = useJourney();
  useJourneyUpdates(view);
  const { id, revision, stuck, toDoId } = view;
  const may = (command: Command) => view.allowed.includes(command);
  const isLockedOut = stuck?.cause === 'locked-out';
  const code = useQuery(
    stuck?.showsCode ? apiRequest('POST', '/api/journeys/{id}/window-code', { path: { id } }) : undefined,
    revision,
  );
  const refreshAll = async () => {
    await refresh();
    code.reload();
  };
  return (
    <Screen
      title={textOf(texts.stuckTitles, stuck?.cause ?? 'others') ?? texts.stuckTitles.others}
      result="waiting"
    >
      {/* The title says it. */}
      <Notices notices={view.notices.filter(({ code }) => code !== 'attempts_used_up')} />
      {stuck && (
        <Card>
          <View className="text">
            {isLockedOut ? texts.lockedOutWhat : serverMessage(`stuck_${stuck.cause}`, stuck.message)}
          </View>
          <WaitingRows view={view} stuck={stuck} />
        </Card>
      )}
      {isLockedOut && <MoreAttempts view={view} askedAt={stuck.attemptsAskedAt} />}
      {stuck && <CaseCard view={view} authority={stuck.authority} />}
      {stuck?.showsCode && <WindowCodeCard code={code} />}
      <View className="hint">{texts.next.stuck}</View>
      <PrimaryButton onPress={refreshAll}>{texts.refresh}</PrimaryButton>
      {may('back') && (
        <SecondaryButton onPress={() => send('/api/journeys/{id}/back')}>{texts.backToToDos}</SecondaryButton>
      )}
      {may('go-online') && (
        <SecondaryButton onPress={() => send('/api/journeys/{id}/online')}>
          {texts.backOnline}
        </SecondaryButton>
      )}
      {may('ask-in-person') && (
        <PlainButton onPress={() => send('/api/journeys/{id}/in-person')}>{texts.toWindow}</PlainButton>
      )}
      {toDoId && may('refuse') && <RefuseToDo toDoId={toDoId} />}
      <CloseJourney kind="plain" label={texts.giveUp} />
    </Screen>
  );
}

type Waiting = NonNullable<Journey['stuck']>;

/** Which matter waits, since when, and until when. */
function WaitingRows({ view, stuck }: { view: Journey; stuck: Waiting }) {
  const texts = useTexts();
  const details = useDetails(view, view.toDoId);
  const { cause, since, until } = stuck;
  return (
    <>
      {details.value && <Row label={texts.entity}>{details.value.entity}</Row>}
      <Row label={texts.stuckSince}>{formatTime(since)}</Row>
      {cause === 'locked-out' && view.attempts && (
        <Row label={texts.attemptsResetAt}>{formatTime(view.attempts.resetsAt)}</Row>
      )}
      {until && <Row label={texts.stuckUntil}>{formatTime(until)}</Row>}
    </>
  );
}

/** Locked out: asks clerks for more attempts today. */
function MoreAttempts({ view: { id }, askedAt }: { view: Journey; askedAt?: string }) {
  const texts = useTexts();
  const { submit } = useJourney();
  const ask = () => submit(apiRequest('POST', '/api/journeys/{id}/attempt-requests', { path: { id } }));
  if (askedAt)
    return (
      <View className="notice" role="status">
        {fillIn(texts.attemptsAsked, { at: formatTime(askedAt) })}
      </View>
    );
  return <SecondaryButton onPress={ask}>{texts.askForAttempts}</SecondaryButton>;
}

/** By what number and where clerks help, and what to bring. */
function CaseCard({ view, authority }: { view: Journey; authority: Waiting['authority'] }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { caseNumber, person, stuck, toDoId } = view;
  const document = person && serverMessage(`document_${person.documentType}`, person.documentName);
  return (
    <Card title={texts.atWindow}>
      {caseNumber && <Row label={texts.caseNumber}>{groupDigits(caseNumber)}</Row>}
      {caseNumber && <QrCode content={caseNumber} label={texts.caseNumberQr} />}
      {authority && !toDoId && <View className="text">{texts.goToAuthority}</View>}
      {authority && (
        <>
          <Row label={toDoId ? texts.authorityName : texts.nationalDesk}>{authority.name}</Row>
          {/* The desk of the whole country is there to be called. */}
          {toDoId && <Row label={texts.authorityAddress}>{authority.address}</Row>}
          <Row label={texts.authorityHours}>{authority.hours}</Row>
          <Row label={texts.authorityPhone}>{authority.phone}</Row>
        </>
      )}
      {document && (
        <Row label={texts.bring}>
          {fillIn(stuck?.showsCode ? texts.bringWithPhone : texts.bringDocument, { document })}
        </Row>
      )}
    </Card>
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

/** The machine is at work on a command whose response never reached this phone, for example because the app was closed. */
export function Working({ view }: { view: Journey }) {
  const texts = useTexts();
  useJourneyUpdates(view);
  return (
    <Screen title={workingText(texts, view.step)} result="waiting">
      <View className="hint">{texts.next.working}</View>
    </Screen>
  );
}
