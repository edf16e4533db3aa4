import { View } from '@tarojs/components';
import { useState } from 'react';
import { lastValidDay, validityDefect } from '../../../domain/document-validity';
import { shanghaiDay } from '../../../domain/shanghai-time';
import type { DocumentType, Journey } from '../api-contract';
import { apiRequest } from '../api-request';
import { LinkButton, PlainButton, PrimaryButton, SecondaryButton } from '../components/buttons';
import { ConsentBox, useConsent } from '../components/consent';
import { CountryField } from '../components/country-field';
import { ChoiceField, DateField, TextField } from '../components/fields';
import { QueryStatus } from '../components/query-status';
import { Card, Notices, Row, Screen } from '../components/screen';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { fillIn, textOf, useServerMessage, useTexts } from '../texts';
import type { Texts } from '../texts/zh-CN';
import { useQuery } from '../use-query';

/** The fields to check again after a notice that the vendor found the data wrong. */
const fieldsOf: Partial<Record<string, string[]>> = {
  not_the_account_holder: ['name', 'documentNumber'],
  document_number_invalid: ['documentNumber'],
};

/** 用户信息录入 */
export function Entry({ last }: { last?: Journey }) {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  const { submit, problem, dismissProblem, identity, requestIdentity } = useJourney();
  const types = useQuery(apiRequest('GET', '/api/document-types'));
  const [picked, setPicked] = useState<string>();
  // Alipay gives the data of the resident ID card only.
  const chosen = picked ?? (identity && 'resident-id');
  const [form, setForm] = useState({ name: '', documentNumber: '', validUntil: '', issuingCountry: '' });
  const all = types.value?.documentTypes ?? [];
  const type = all.find((one) => one.type === chosen);
  const privacy = useConsent('personal-information');
  const notice = useConsent(type?.bankCard ? 'bank-card-notice' : undefined);

  const set = (field: keyof typeof form) => (value: string) =>
    setForm((before) => ({ ...before, [field]: value }));
  const asks = (detail: DocumentType['asks'][number]) => type?.asks.includes(detail) ?? false;
  const nameOf = (one: DocumentType) => serverMessage(`document_${one.type}`, one.name);
  const numberCode = problem?.error?.issues.find(({ path }) => path === 'documentNumber')?.code;
  // The number in the form belongs to another document.
  const other = numberCode && all.find((one) => one.numberCode === numberCode);
  const doubtOf = (field: string) => {
    const isToBeChecked = last?.notices.some((one) => fieldsOf[one.code]?.includes(field));
    return isToBeChecked ? textOf(texts.checkThis, field) : undefined;
  };
  const today = shanghaiDay(new Date());

  const filledIn = type?.authorized ? identity : undefined;
  const choose = async (next: string) => {
    setPicked(next);
    // What was wrong was wrong with another document.
    dismissProblem();
    const mayFillIn = all.find((one) => one.type === next)?.authorized && !identity && !form.name;
    if (mayFillIn && platform.requestsIdentityInDialog) await requestIdentity();
  };
  const enter = async ({ inPerson }: { inPerson: boolean }) => {
    if (!type) return;
    const body = {
      documentType: type.type,
      ...(filledIn
        ? { authorizedIdentity: filledIn.handle }
        : { name: form.name, documentNumber: form.documentNumber }),
      ...(asks('valid-until') && form.validUntil && { validUntil: form.validUntil }),
      ...(asks('issuing-country') && form.issuingCountry && { issuingCountry: form.issuingCountry }),
      consents: [privacy.given, inPerson ? undefined : notice.given].filter((given) => given !== undefined),
      ...(inPerson && { inPerson }),
    };
    await submit(apiRequest('POST', '/api/journeys', { body }));
  };

  if (!types.value) return <QueryStatus query={types} />;
  return (
    <Screen title={texts.title}>
      {last && last.notices.length === 0 && <View className="hint">{texts.lastIsOver}</View>}
      {last && <Notices notices={last.notices} />}
      <Card>
        {!filledIn && (
          <TextField
            label={texts.name}
            name="name"
            hint={texts.nameHint}
            value={form.name}
            doubt={doubtOf('name')}
            onChange={set('name')}
          />
        )}
        <ChoiceField
          label={texts.documentType}
          hint={texts.documentTypeHint}
          options={all.map((one) => ({ value: one.type, name: nameOf(one), icon: one.type }))}
          chosen={chosen}
          onChange={(next) => void choose(next)}
        />
        {!filledIn && (
          <TextField
            label={texts.documentNumber}
            name="documentNumber"
            type={type?.type === 'resident-id' ? 'idcard' : 'text'}
            hint={texts.documentNumberHint}
            value={form.documentNumber}
            doubt={doubtOf('documentNumber')}
            onChange={set('documentNumber')}
          />
        )}
        {other && (
          <SecondaryButton onPress={() => void choose(other.type)}>
            {fillIn(texts.chooseInstead, { document: nameOf(other) })}
          </SecondaryButton>
        )}
        {asks('valid-until') && (
          <DateField
            label={texts.validUntil}
            name="validUntil"
            hint={texts.validUntilHint}
            date={form.validUntil}
            first={today}
            last={lastValidDay(today)}
            defectOf={(date) => validityDefect(date, today)}
            onChange={set('validUntil')}
          />
        )}
        {asks('issuing-country') && (
          <CountryField name="issuingCountry" code={form.issuingCountry} onChange={set('issuingCountry')} />
        )}
      </Card>
      {type?.authorized && <IdentityFromAlipay />}
      {type && !type.online && <View className="notice">{texts.onlyAtWindow}</View>}
      {type?.bankCard && <ConsentBox consent={notice}>{texts.bankCardNotice}</ConsentBox>}
      <ConsentBox consent={privacy}>{texts.privacyNotice}</ConsentBox>
      <View className="hint">{nextAfterEntry(texts, type)}</View>
      <PrimaryButton
        disabled={!type || !privacy.given || (type.bankCard && !notice.given)}
        workingStep="certificate-check"
        onPress={() => enter({ inPerson: false })}
      >
        {texts.viewToDos}
      </PrimaryButton>
      <PlainButton disabled={!type || !privacy.given} onPress={() => enter({ inPerson: true })}>
        {texts.toWindow}
      </PlainButton>
    </Screen>
  );
}

/** What comes next with this document: never a check that it does not have. */
function nextAfterEntry(texts: Texts, type: DocumentType | undefined): string {
  if (!type) return texts.nextOfAny;
  if (!type.online) return texts.nextAtWindow;
  return type.bankCard ? texts.nextWithCard : texts.next.entry;
}

/** Name and number from the Alipay account, so that the person need not type them. */
function IdentityFromAlipay() {
  const texts = useTexts();
  const { identity, requestIdentity, dismissIdentity } = useJourney();
  if (!identity) {
    return (
      <Card>
        <View className="hint">{texts.authorizeWhat}</View>
        <SecondaryButton onPress={requestIdentity}>{texts.authorize}</SecondaryButton>
      </Card>
    );
  }
  return (
    <Card title={texts.authorized}>
      <Row label={texts.name}>{identity.name}</Row>
      <Row label={texts.documentNumber}>{identity.number}</Row>
      <LinkButton onPress={dismissIdentity}>{texts.typeInstead}</LinkButton>
    </Card>
  );
}
