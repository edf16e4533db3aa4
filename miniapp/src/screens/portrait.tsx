import { Image, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { picture } from '../api';
import type { Journey } from '../api';
import type { JourneyState } from '../journey';
import { useTexts } from '../texts';
import { Notices, Primary, Screen, Secondary } from './parts';

/** 人像确认 */
export function Portrait({ view, tap, isBusy }: JourneyState & { view: Journey }) {
  const texts = useTexts();
  return (
    <Screen title={texts.portraitTitle}>
      <Notices notices={view.notices} />
      <Captured view={view} />
      <Primary disabled={isBusy} onTap={() => void tap('portrait-review', { decision: 'confirm' })}>
        {texts.viewToDos}
      </Primary>
      <Secondary disabled={isBusy} onTap={() => void tap('portrait-review', { decision: 're-enter' })}>
        {texts.reEnter}
      </Secondary>
    </Screen>
  );
}

/** The picture that was just taken, where the vendor returns one. */
export function Captured({ view }: { view: Journey }) {
  const texts = useTexts();
  const [source, setSource] = useState<string>();
  useEffect(() => {
    if (view.hasPortrait) void picture(`/api/journeys/${view.id}/portrait`).then(setSource);
  }, [view.id, view.hasPortrait]);
  if (!view.hasPortrait) return <View className="card text">{texts.noPortrait}</View>;
  return (
    <View className="card portrait">
      <View className="text">{texts.portraitWhat}</View>
      {source && <Image className="portrait-picture" src={source} nativeProps={{ alt: texts.portraitAlt }} />}
    </View>
  );
}
