import { View } from '@tarojs/components';
import type { Command, Journey } from '../api-contract';
import { AttemptsLeft } from '../components/attempts';
import { PlainButton, PrimaryButton, SecondaryButton } from '../components/buttons';
import { ConsentBox, useConsent } from '../components/consent';
import { QueryStatus } from '../components/query-status';
import { Card, Notices, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { useTexts } from '../texts';
import { useDetails } from './details';
import { RefuseToDo } from './refuse';
import { MatterRows, reopenDetails } from './to-dos';

/** 身份核验, at the entry or for one matter, and 核验失败. */
export function Face({ view }: { view: Journey }) {
  const texts = useTexts();
  const { send, reportFaceCheck } = useJourney();
  const consent = useConsent('face-check');
  const archiving = useConsent(view.toDoId ? 'portrait-archiving' : undefined);
  const hasFailed = view.step === 'face-failed';
  const may = (command: Command) => view.allowed.includes(command);
  const title = view.toDoId ? texts.matterFaceTitle : texts.faceTitle;

  const isRepeated = hasFailed || consent.heldSince !== undefined;

  const online = view.toDoId ? texts.faceMatter : texts.faceWhat;
  const what = view.onlyAtWindow ? texts.faceAtWindow : online;
  const toWindow = () => send('/api/journeys/{id}/in-person');

  const start = () =>
    send('/api/journeys/{id}/face-checks', {
      body: { consent: consent.given, archiving: archiving.given },
    });
  const decline = async () => {
    // A matter's check was opened from its details.
    if ((await send('/api/journeys/{id}/declination')) && view.toDoId) await reopenDetails(view.toDoId);
  };

  return (
    <Screen title={hasFailed ? texts.faceFailedTitle : title} result={hasFailed ? 'failure' : undefined}>
      {hasFailed ? <Failures view={view} /> : <Notices notices={view.notices} />}
      <Card>
        <View className="text">{what}</View>
      </Card>
      {view.toDoId && <Matter view={view} toDoId={view.toDoId} />}
      <AttemptsLeft view={view} />
      {may('start-face') && (
        <>
          <ConsentBox consent={consent}>{texts.faceConsent}</ConsentBox>
          {view.toDoId && (
            <>
              <ConsentBox consent={archiving}>{texts.archivingConsent}</ConsentBox>
              <View className="hint">{texts.archivingWhat}</View>
            </>
          )}
          <View className="hint">{texts.next.face}</View>
          <PrimaryButton disabled={!consent.isSettled} workingStep="face-start" onPress={start}>
            {isRepeated ? texts.tryAgain : texts.agreeAndVerify}
          </PrimaryButton>
        </>
      )}
      {view.faceCheck && (
        <SecondaryButton workingStep="face-check" onPress={reportFaceCheck}>
          {texts.iAmBack}
        </SecondaryButton>
      )}
      {view.onlyAtWindow && (
        <>
          <View className="hint">{texts.next.atWindow}</View>
          <PrimaryButton onPress={toWindow}>{texts.goToWindow}</PrimaryButton>
        </>
      )}
      {may('decline') && (
        <SecondaryButton onPress={decline}>
          {hasFailed || view.onlyAtWindow ? texts.back : texts.notNow}
        </SecondaryButton>
      )}
      {may('ask-in-person') && !view.onlyAtWindow && (
        <PlainButton onPress={toWindow}>{texts.toWindow}</PlainButton>
      )}
      {view.toDoId && may('refuse') && <RefuseToDo toDoId={view.toDoId} />}
    </Screen>
  );
}

/** The matter for which the face is checked. */
function Matter({ view, toDoId }: { view: Journey; toDoId: string }) {
  const query = useDetails(view, toDoId);
  if (!query.value) return <QueryStatus query={query} />;
  return (
    <Card title={query.value.entity}>
      <MatterRows toDo={query.value} />
    </Card>
  );
}

/** The kinds of failure, each with its advice; other notices as the API words them. */
function Failures({ view: { notices } }: { view: Journey }) {
  const failures: Partial<Record<string, { title: string; advice: string }>> = useTexts().failures;
  return (
    <>
      {notices.map((notice) => {
        const failure = failures[notice.code];
        if (!failure) return null;
        return (
          <View key={notice.code} className="notice" role="alert">
            <View className="card-title">{failure.title}</View>
            <View className="text">{failure.advice}</View>
          </View>
        );
      })}
      <Notices notices={notices.filter(({ code }) => !failures[code])} />
    </>
  );
}
