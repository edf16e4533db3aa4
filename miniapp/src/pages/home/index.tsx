import { View } from '@tarojs/components';
import Taro, { useDidShow } from '@tarojs/taro';
import { useEffect } from 'react';
import type { Journey } from '../../api';
import { forgetInvitation, invitation } from '../../invitation';
import { useJourney } from '../../journey';
import { Link } from '../../parts/actions';
import { Frame } from '../../parts/frame';
import { Progress } from '../../parts/progress';
import { Card } from '../../parts/screen';
import { toTop } from '../../parts/to-top';
import { platform } from '../../platform';
import { BankCard } from '../../screens/bank-card';
import { Entry } from '../../screens/entry';
import { Face } from '../../screens/face';
import { Portrait } from '../../screens/portrait';
import { Signing } from '../../screens/signing';
import { openDetails, ToDos } from '../../screens/to-dos';
import { Completed, Stuck, Working } from '../../screens/waiting';
import { useTexts } from '../../texts';

const screens: Partial<Record<string, (props: { view: Journey }) => JSX.Element>> = {
  face: Face,
  'face-failed': Face,
  'matter-face': Face,
  'bank-card': BankCard,
  portrait: Portrait,
  'to-dos': ToDos,
  signing: Signing,
  completed: Completed,
  stuck: Stuck,
};

/** The screen of the step at which the journey stands; the entry where there is none. */
export default function Home() {
  const texts = useTexts();
  const { view, isReady, isBusy, look } = useJourney();
  const step = !view || view.step === 'closed' ? 'entry' : view.step;

  // A to-do that the link of an invitation names waits until the person is verified, and is opened until it is done.
  const openInvitation = () => {
    const toDoId = invitation();
    if (!toDoId || !view) return;
    if (step === 'completed' && view.toDoId === toDoId) forgetInvitation();
    else if (step === 'to-dos' || step === 'completed') void openDetails(toDoId, { isInvited: true });
  };
  useEffect(openInvitation, [step]);
  useEffect(toTop, [step]);
  // Back from another app or page: clerks or time may have moved it meanwhile.
  useDidShow(() => {
    if (view && step !== 'entry') void look();
  });

  const Now = view && step !== 'entry' ? (screens[step] ?? Working) : undefined;
  return (
    <Frame>
      {!platform.channel && (
        <Card>
          <View className="text">{texts.comesLater}</View>
        </Card>
      )}
      {isReady && <Progress view={view} />}
      {Now && view && <Now key={step} view={view} />}
      {isReady && !Now && <Entry last={view} />}
      {!isReady && isBusy && <View className="working">{texts.working}</View>}
      <Foot hasJourney={Boolean(Now)} />
    </Frame>
  );
}

function Foot({ hasJourney }: { hasJourney: boolean }) {
  const texts = useTexts();
  return (
    <View className="foot">
      <Link onTap={() => void Taro.navigateTo({ url: '/pages/support/index' })}>{texts.askSupport}</Link>
      {hasJourney && (
        <Link onTap={() => void Taro.navigateTo({ url: '/pages/consents/index' })}>{texts.consents}</Link>
      )}
    </View>
  );
}
