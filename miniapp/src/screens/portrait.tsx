import { Image, View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { readPortrait } from '../api';
import type { Journey } from '../api-contract';
import { apiRequest } from '../api-request';
import { PrimaryButton, SecondaryButton } from '../components/buttons';
import { ConfirmPress } from '../components/confirm-press';
import { Card, Notices, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { useTexts } from '../texts';

/** 人像确认 */
export function Portrait({ view }: { view: Journey }) {
  const texts = useTexts();
  const { send } = useJourney();
  const picture = usePortrait(view);
  const review = (decision: 'confirm' | 're-enter') =>
    send('/api/journeys/{id}/portrait-review', { body: { decision } });
  return (
    <Screen title={texts.portraitTitle}>
      <Notices notices={view.notices} />
      <PortraitCard picture={picture} />
      <View className="hint">{texts.next.portrait}</View>
      <PrimaryButton disabled={picture.state === 'loading'} onPress={() => review('confirm')}>
        {texts.viewToDos}
      </PrimaryButton>
      <ConfirmPress
        label={texts.reEnter}
        loss={texts.reEnterLoss}
        confirm={texts.reEnterConfirm}
        onConfirm={() => review('re-enter')}
      />
    </Screen>
  );
}

interface PortraitPicture {
  state: 'none' | 'loading' | 'loaded' | 'failed';
  source?: string;
  reload(): void;
}

/** The picture that the last face check took, if the vendor returns one. */
export function usePortrait({ id, hasPortrait = false }: Journey): PortraitPicture {
  const [source, setSource] = useState<string>();
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(async () => {
    setFailed(false);
    const found = await readPortrait(apiRequest('GET', '/api/journeys/{id}/portrait', { path: { id } }));
    setSource(found);
    setFailed(!found);
  }, [id]);
  useEffect(() => {
    if (hasPortrait) void load();
  }, [hasPortrait, load]);
  const state = !hasPortrait ? 'none' : source ? 'loaded' : hasFailed ? 'failed' : 'loading';
  return { state, source, reload: () => void load() };
}

function PortraitCard({ picture: { state, source, reload } }: { picture: PortraitPicture }) {
  const texts = useTexts();
  const messages = {
    none: texts.noPortrait,
    failed: texts.portraitLost,
    loaded: texts.portraitWhat,
    loading: texts.working,
  };
  return (
    <Card>
      <View className="text">{messages[state]}</View>
      {state === 'failed' && <SecondaryButton onPress={reload}>{texts.retry}</SecondaryButton>}
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
