import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { PropsWithChildren } from 'react';
import type { Journey, LegalText } from '../api-contract';
import { apiRequest } from '../api-request';
import { useJourney } from '../journey';
import { fillIn, formatTime, useServerMessage, useTexts } from '../texts';
import { useQuery } from '../use-query';
import type { Query } from '../use-query';
import { PrimaryButton } from './buttons';
import { CheckBox } from './fields';
import { LegalTextLink } from './legal-text';
import { QueryStatus } from './query-status';

type ConsentKind = Journey['consentsGiven'][number]['kind'];

/** A text that the person is asked to agree to, and whether they agree to the version that they were shown. */
export interface Consent<Kind extends ConsentKind = ConsentKind> {
  text: Query<LegalText>;
  isGiven: boolean;
  setGiven(isGiven: boolean): void;
  /** What is sent to the API; undefined while the consent is not given, or where an earlier one holds. */
  given?: { kind: Kind; version: string };
  /** When the person agreed to this text for the same check, which is repeated: they are not asked again. */
  heldSince?: string;
  /** Whether nothing more is needed from the person. */
  isSettled: boolean;
}

/** @param kind undefined where no consent is needed */
export function useConsent<Kind extends ConsentKind>(kind: Kind | undefined): Consent<Kind> {
  const text = useLegalText(kind);
  const [isGiven, setGiven] = useState(false);
  // If the text has changed while the page was open, the person has to read it before agreeing to it.
  const { problem, view } = useJourney();
  const isOld = problem?.error?.issues.some(({ code }) => code === 'consent_to_old_text');
  const { reload } = text;
  useEffect(() => {
    if (!isOld) return;
    setGiven(false);
    reload();
  }, [isOld, reload]);
  const given = isGiven && kind && text.value ? { kind, version: text.value.version } : undefined;
  const heldSince = view?.consentsGiven.find((one) => one.kind === kind)?.givenAt;
  return { text, isGiven, setGiven, given, heldSince, isSettled: Boolean(given ?? heldSince) };
}

function useLegalText(kind: string | undefined): Query<LegalText> {
  return useQuery(kind ? apiRequest('GET', '/api/legal-texts/{kind}', { path: { kind } }) : undefined);
}

/** A box, unticked at first, and a link to the text; or since when the consent holds. */
export function ConsentBox({ consent, children }: PropsWithChildren<{ consent: Consent }>) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { isGiven, text, setGiven, heldSince } = consent;
  // Also while the text is on its way: a box that goes by itself would ask for what was given.
  if (heldSince) {
    const title = text.value && serverMessage(`title_${text.value.kind}`, text.value.title);
    return (
      <View className="consent-box">
        {title && (
          <View className="text">{fillIn(texts.consentHeld, { at: formatTime(heldSince), title })}</View>
        )}
        <LegalLink text={text} />
      </View>
    );
  }
  return (
    <View className="consent-box">
      <CheckBox isChecked={isGiven} disabled={!text.value} onChange={setGiven}>
        {children}
      </CheckBox>
      <LegalLink text={text} />
    </View>
  );
}

/** A link to the text of a kind that is in force. */
export function TextInForce({ kind }: { kind: ConsentKind }) {
  return <LegalLink text={useLegalText(kind)} />;
}

function LegalLink({ text }: { text: Query<LegalText> }) {
  return text.value ? <LegalTextLink text={text.value} /> : <QueryStatus query={text} lines={1} />;
}

/** A text has changed since the person agreed to it, and the journey can't go on before they agree again. */
export function ConsentRenewal() {
  const texts = useTexts();
  const { submit, view } = useJourney();
  const kind = view?.consentsNeeded?.find((needed) => needed === 'personal-information');
  const text = useLegalText(kind);
  if (!view || !kind) return null;
  const version = text.value?.version ?? '';
  const agree = () =>
    submit(
      apiRequest('POST', '/api/journeys/{id}/consents', { path: { id: view.id }, body: { kind, version } }),
    );
  return (
    <View className="notice" role="alert">
      <View>{texts.consentChanged}</View>
      <LegalLink text={text} />
      <PrimaryButton disabled={!text.value} onPress={agree}>
        {texts.agree}
      </PrimaryButton>
    </View>
  );
}
