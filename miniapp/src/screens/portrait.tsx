import { Image, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { picture } from '../api';
import type { Journey } from '../api';
import { useJourney } from '../journey';
import { Primary, Secondary } from '../parts/actions';
import { Card, Notices, Screen } from '../parts/screen';
import { useTexts } from '../texts';

/** 人像确认 */
export function Portrait({ view }: { view: Journey }) {
  const texts = useTexts();
  const { tap } = useJourney();
  return (
    <Screen title={texts.passedTitle}>
      <Notices notices={view.notices} />
      <Captured view={view} />
      <View className="hint">{texts.next.portrait}</View>
      <Primary onTap={() => tap('portrait-review', { decision: 'confirm' })}>{texts.viewToDos}</Primary>
      <Secondary onTap={() => tap('portrait-review', { decision: 're-enter' })}>{texts.reEnter}</Secondary>
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
  return (
    <Card>
      <View className="text">{view.hasPortrait ? texts.portraitWhat : texts.noPortrait}</View>
      {source && (
        <Image
          className="portrait-picture"
          src={source}
          aria-label={texts.portraitAlt}
          nativeProps={{ alt: texts.portraitAlt }}
        />
      )}
    </Card>
  );
}
