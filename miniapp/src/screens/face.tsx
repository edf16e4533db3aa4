import { View } from '@tarojs/components';
import type { Journey } from '../api';
import { openFaceCheck } from '../face-check';
import { invitation } from '../invitation';
import { useJourney } from '../journey';
import { Plain, Primary, Secondary } from '../parts/actions';
import { AttemptsLeft } from '../parts/attempts';
import { ConsentBox, useConsent } from '../parts/consent';
import { Card, Notices, Screen } from '../parts/screen';
import { useTexts } from '../texts';
import { RefuseToDo } from './refuse';
import { openDetails } from './to-dos';

/** 身份核验, at the beginning and for a matter, and 核验失败. */
export function Face({ view }: { view: Journey }) {
  const texts = useTexts();
  const { tap, report } = useJourney();
  const consent = useConsent('face-check');
  const hasFailed = view.step === 'face-failed';
  const may = (command: string) => view.allowed.includes(command);

  const start = async () => {
    const next = await tap('face-checks', { consent: consent.given });
    if (next?.faceCheck && (await openFaceCheck(next.faceCheck))) await report();
  };
  // From a matter's check back to its details.
  const decline = async () => {
    const next = await tap('declination');
    // What somebody was invited to opens by itself.
    if (next && view.toDoId && view.toDoId !== invitation()) await openDetails(view.toDoId);
  };

  return (
    <Screen title={hasFailed ? texts.faceFailedTitle : texts.faceTitle}>
      {hasFailed ? <Failures view={view} /> : <Notices notices={view.notices} />}
      <Card>
        <View className="text">{view.toDoId ? texts.faceMatter : texts.faceWhat}</View>
      </Card>
      <AttemptsLeft view={view} />
      {may('start-face') && (
        <>
          <ConsentBox consent={consent}>{texts.faceConsent}</ConsentBox>
          <View className="hint">{texts.next.face}</View>
          <Primary disabled={!consent.given} doing="face-start" onTap={start}>
            {hasFailed ? texts.tryAgain : texts.agreeAndVerify}
          </Primary>
        </>
      )}
      {view.faceCheck && (
        <Secondary doing="face-check" onTap={report}>
          {texts.iAmBack}
        </Secondary>
      )}
      {may('decline') && <Secondary onTap={decline}>{hasFailed ? texts.back : texts.notNow}</Secondary>}
      {may('ask-in-person') && <Plain onTap={() => tap('in-person')}>{texts.toWindow}</Plain>}
      {view.toDoId && may('refuse') && <RefuseToDo toDoId={view.toDoId} />}
    </Screen>
  );
}

/** The three kinds of the manual, each with its advice; what else is said, as it is. */
function Failures({ view: { notices } }: { view: Journey }) {
  const texts = useTexts();
  const { failures } = texts;
  const known = notices.filter(({ code }) => code in failures);
  return (
    <>
      {known.map(({ code }) => {
        const { title, advice } = failures[code as keyof typeof failures];
        return (
          <View key={code} className="notice" role="alert">
            <View className="card-title">{title}</View>
            <View className="text">{advice}</View>
          </View>
        );
      })}
      <Notices notices={notices.filter((notice) => !known.includes(notice))} />
    </>
  );
}
