import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import type { LegalText } from '../api';
import { useJourney } from '../journey';
import { filled, useSaid, useTexts } from '../texts';
import { Link, Primary } from './actions';
import { Tick } from './fields';
import { Unread, useReading } from './reading';
import type { Reading } from './reading';

/** A text that somebody is asked to agree to, and whether they do: at the version that was in force when they were shown it. */
export interface Consent {
  text: Reading<LegalText>;
  isGiven: boolean;
  give(isGiven: boolean): void;
  /** What is sent along; undefined while it is not given. */
  given?: { kind: string; version: string };
}

/** @param kind undefined where nothing is asked */
export function useConsent(kind: string | undefined): Consent {
  const text = useReading<LegalText>(kind && `/api/legal-texts/${kind}`);
  const [isGiven, setGiven] = useState(false);
  // It has changed while the page was open: what is agreed to has to be read first.
  const { trouble } = useJourney();
  const isOld = trouble?.issues.some(({ code }) => code === 'consent_to_old_text');
  const { again } = text;
  useEffect(() => {
    if (!isOld) return;
    setGiven(false);
    again();
  }, [isOld, again]);
  const given = isGiven && kind && text.value ? { kind, version: text.value.version } : undefined;
  return { text, isGiven, give: setGiven, given };
}

/** A box, unticked at first, and the text that can be read before. */
export function ConsentBox({ consent, children }: PropsWithChildren<{ consent: Consent }>) {
  return (
    <View className="consent-box">
      <Tick isGiven={consent.isGiven} disabled={!consent.text.value} onChange={consent.give}>
        {children}
      </Tick>
      <LegalLink text={consent.text} />
    </View>
  );
}

function LegalLink({ text }: { text: Reading<LegalText> }) {
  const texts = useTexts();
  const said = useSaid();
  const { value } = text;
  if (!value) return <Unread reading={text} />;
  const { kind, version, title } = value;
  const open = () => void Taro.navigateTo({ url: `/pages/legal/index?kind=${kind}&version=${version}` });
  return <Link onTap={open}>{filled(texts.read, { title: said(`title_${kind}`, title) })}</Link>;
}

/** A text has changed since the person agreed to it: nothing goes on without. */
export function AgreeAnew() {
  const texts = useTexts();
  const { agree, view } = useJourney();
  const [kind] = view?.consentsNeeded ?? [];
  const text = useReading<LegalText>(kind && `/api/legal-texts/${kind}`);
  const version = text.value?.version;
  if (!kind) return null;
  return (
    <View className="notice" role="alert">
      <View>{texts.consentChanged}</View>
      <LegalLink text={text} />
      <Primary disabled={!version} onTap={() => agree({ kind, version: version ?? '' })}>
        {texts.agree}
      </Primary>
    </View>
  );
}
