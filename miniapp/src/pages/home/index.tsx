import { View } from '@tarojs/components';
import Taro, { useDidShow } from '@tarojs/taro';
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import type { Journey, Step } from '../../api-contract';
import { LinkButton } from '../../components/buttons';
import { Frame } from '../../components/frame';
import { Progress } from '../../components/progress';
import { Card } from '../../components/screen';
import { Skeleton } from '../../components/skeleton';
import { scrollToTop } from '../../components/scroll-to-top';
import { findInvitedToDo, forgetInvitation, invitedToDo } from '../../invitation';
import { useJourney } from '../../journey';
import { platform } from '../../platform';
import { BankCard } from '../../screens/bank-card';
import { Entry } from '../../screens/entry';
import { Face } from '../../screens/face';
import { Portrait } from '../../screens/portrait';
import { Signing } from '../../screens/signing';
import { TakenOver } from '../../screens/taken-over';
import { openDetails, ToDos } from '../../screens/to-dos';
import { Completed, Stuck, Working } from '../../screens/waiting';
import { useTexts } from '../../texts';

type StepScreen = (props: { view: Journey }) => ReactElement;

/** Once a journey is closed, the entry begins a new one. */
type OpenStep = Exclude<Step, 'closed'>;

const screens: Record<OpenStep, StepScreen> = {
  entry: Working,
  face: Face,
  'face-failed': Face,
  'matter-face': Face,
  'bank-card': BankCard,
  portrait: Portrait,
  'to-dos': ToDos,
  signing: Signing,
  completed: Completed,
  stuck: Stuck,
  // The machine's own steps.
  'certificate-check': Working,
  'face-start': Working,
  'face-check': Working,
  'bank-card-check': Working,
  'signature-check': Working,
  working: Working,
};

function screenOf(step: OpenStep): StepScreen {
  // The API may have steps that are newer than this version of the mini-program.
  const known: Partial<Record<string, StepScreen>> = screens;
  return known[step] ?? Working;
}

/** The screen of the step at which the journey stands, or the entry if there is no journey. */
export default function Home() {
  const texts = useTexts();
  const { view, isReady, isBusy, handover, refresh } = useJourney();
  const step = view && view.step !== 'closed' ? view.step : undefined;
  const StepScreen = step && screenOf(step);

  // An invitation's to-do opens as soon as the person is verified, and again until it is completed.
  const { id: journey, toDoId } = view ?? {};
  useEffect(() => {
    if (!journey || (step !== 'to-dos' && step !== 'completed')) return;
    if (step === 'completed' && toDoId === invitedToDo()) forgetInvitation();
    else
      void findInvitedToDo(journey).then((invited) => {
        if (invited) void openDetails(invited, { isInvited: true });
      });
  }, [journey, step, toDoId]);
  useEffect(scrollToTop, [step]);
  // A clerk or a deadline may have moved the journey while the person was on another page or in another app.
  useDidShow(() => {
    if (step) void refresh();
  });

  if (handover === 'taken')
    return (
      <Frame>
        <TakenOver />
      </Frame>
    );
  return (
    <Frame>
      {!platform.channel && (
        <Card>
          <View className="text">{texts.comesLater}</View>
        </Card>
      )}
      {isReady && <Progress view={view} />}
      {view && StepScreen && <StepScreen key={step} view={view} />}
      {isReady && !StepScreen && <Entry last={view} />}
      {!isReady && isBusy && <Skeleton lines={6} />}
      <Foot />
    </Frame>
  );
}

function Foot() {
  const texts = useTexts();
  return (
    <View className="foot">
      <LinkButton onPress={() => void Taro.navigateTo({ url: '/pages/support/index' })}>
        {texts.askSupport}
      </LinkButton>
      <LinkButton onPress={() => void Taro.navigateTo({ url: '/pages/consents/index' })}>
        {texts.consents}
      </LinkButton>
    </View>
  );
}
