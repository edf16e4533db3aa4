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
  const picture = usePortrait(view);
  return (
    <Screen title={texts.passedTitle}>
      <Notices notices={view.notices} />
      <Captured picture={picture} />
      <View className="hint">{texts.next.portrait}</View>
      <Primary
        disabled={picture.state === 'on its way'}
        onTap={() => tap('portrait-review', { decision: 'confirm' })}
      >
        {texts.viewToDos}
      </Primary>
      <Secondary onTap={() => tap('portrait-review', { decision: 're-enter' })}>{texts.reEnter}</Secondary>
    </Screen>
  );
}

interface PortraitPicture {
  state: 'none' | 'on its way' | 'there' | 'lost';
  source?: string;
  again(): void;
}

/** The picture that was just taken, where the vendor returns one. */
export function usePortrait({ id, hasPortrait = false }: Journey): PortraitPicture {
  const [source, setSource] = useState<string>();
  const [isLost, setLost] = useState(false);
  const read = async () => {
    setLost(false);
    const found = await picture(`/api/journeys/${id}/portrait`);
    setSource(found);
    setLost(!found);
  };
  useEffect(() => {
    if (hasPortrait) void read();
  }, [id, hasPortrait]);
  const state = !hasPortrait ? 'none' : source ? 'there' : isLost ? 'lost' : 'on its way';
  return { state, source, again: () => void read() };
}

export function Captured({ picture: { state, source, again } }: { picture: PortraitPicture }) {
  const texts = useTexts();
  const said = {
    none: texts.noPortrait,
    lost: texts.portraitLost,
    there: texts.portraitWhat,
    'on its way': texts.working,
  };
  return (
    <Card>
      <View className="text">{said[state]}</View>
      {state === 'lost' && <Secondary onTap={again}>{texts.retry}</Secondary>}
      {source && (
        <Image
          className="portrait-picture"
          src={source}
          {...{ role: 'img', 'aria-label': texts.portraitAlt }}
          nativeProps={{ alt: texts.portraitAlt }}
        />
      )}
    </Card>
  );
}
