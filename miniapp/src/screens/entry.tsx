import { View } from '@tarojs/components';
import { useState } from 'react';
import type { DocumentType, Journey } from '../api';
import { useJourney } from '../journey';
import { Link, Plain, Primary, Secondary } from '../parts/actions';
import { ConsentBox, useConsent } from '../parts/consent';
import { Choice, DayField, Field } from '../parts/fields';
import { Unread, useReading } from '../parts/reading';
import { Card, Notices, Row, Screen } from '../parts/screen';
import { platform } from '../platform';
import { filled, useIssue, useSaid, useTexts } from '../texts';

/** Where the documents, not the form, were wrong: what has to be looked at again. */
const fieldsOf: Partial<Record<string, string[]>> = {
  not_the_account_holder: ['name', 'documentNumber'],
  document_number_invalid: ['documentNumber'],
};

/** 用户信息录入 */
export function Entry({ last }: { last?: Journey }) {
  const texts = useTexts();
  const said = useSaid();
  const issueOf = useIssue();
  const { enter, trouble, forgetTrouble, identity, askForIdentity } = useJourney();
  const types = useReading<{ documentTypes: DocumentType[] }>('/api/document-types');
  const [picked, setPicked] = useState<string>();
  // What Alipay gives is of the one document that it was asked about.
  const chosen = picked ?? (identity && 'resident-id');
  const [form, setForm] = useState({ name: '', documentNumber: '', validUntil: '', issuingCountry: '' });
  const all = types.value?.documentTypes ?? [];
  const type = all.find((one) => one.type === chosen);
  const privacy = useConsent('personal-information');
  const notice = useConsent(type?.bankCard ? 'bank-card-notice' : undefined);

  const set = (field: keyof typeof form) => (value: string) =>
    setForm((before) => ({ ...before, [field]: value }));
  const asks = (detail: DocumentType['asks'][number]) => type?.asks.includes(detail) ?? false;
  const codeOf = (field: string) => trouble?.issues.find(({ path }) => path === field)?.code;
  const nameOf = (one: DocumentType) => said(`document_${one.type}`, one.name);
  const numberCode = codeOf('documentNumber');
  // The number that was typed is one of another document.
  const other = numberCode && all.find((one) => one.numberCode === numberCode);
  const defectOf = (field: string) => {
    const code = codeOf(field);
    if (code) return issueOf(code);
    const notice = last?.notices.find(({ code }) => fieldsOf[code]?.includes(field));
    return notice && texts.checkThis;
  };

  const filledIn = type?.authorized ? identity : undefined;
  const choose = async (next: string) => {
    setPicked(next);
    const asks = all.find((one) => one.type === next)?.authorized && !identity && !form.name;
    if (asks && platform.asksInPlace) await askForIdentity();
  };
  const submit = async (inPerson: boolean) => {
    await enter({
      documentType: type?.type,
      ...(filledIn
        ? { authorizedIdentity: filledIn.handle }
        : { name: form.name, documentNumber: form.documentNumber }),
      ...(asks('valid-until') && form.validUntil && { validUntil: form.validUntil }),
      ...(asks('issuing-country') &&
        form.issuingCountry && { issuingCountry: form.issuingCountry.toUpperCase() }),
      consents: [privacy.given, inPerson ? undefined : notice.given].filter(Boolean),
      ...(inPerson && { inPerson }),
    });
  };

  if (!types.value) return <Unread reading={types} />;
  return (
    <Screen title={texts.title}>
      {last && last.notices.length === 0 && <View className="hint">{texts.lastIsOver}</View>}
      {last && <Notices notices={last.notices} />}
      <Card>
        {!filledIn && (
          <Field
            label={texts.name}
            name="name"
            hint={texts.nameHint}
            value={form.name}
            defect={defectOf('name')}
            onChange={set('name')}
          />
        )}
        <Choice
          label={texts.documentType}
          hint={texts.documentTypeHint}
          options={all.map((one) => ({ value: one.type, name: nameOf(one) }))}
          chosen={chosen}
          onChange={(next) => void choose(next)}
        />
        {!filledIn && (
          <Field
            label={texts.documentNumber}
            name="documentNumber"
            type={type?.type === 'resident-id' ? 'idcard' : 'text'}
            hint={texts.documentNumberHint}
            value={form.documentNumber}
            defect={defectOf('documentNumber')}
            onChange={set('documentNumber')}
          />
        )}
        {other && (
          <Secondary
            onTap={() => {
              setPicked(other.type);
              forgetTrouble();
            }}
          >
            {filled(texts.chooseInstead, { document: nameOf(other) })}
          </Secondary>
        )}
        {asks('valid-until') && (
          <DayField
            label={texts.validUntil}
            name="validUntil"
            hint={texts.validUntilHint}
            day={form.validUntil}
            defect={defectOf('validUntil')}
            onChange={set('validUntil')}
          />
        )}
        {asks('issuing-country') && (
          <Field
            label={texts.issuingCountry}
            name="issuingCountry"
            hint={texts.issuingCountryHint}
            value={form.issuingCountry}
            defect={defectOf('issuingCountry')}
            onChange={set('issuingCountry')}
          />
        )}
      </Card>
      {type?.authorized && <FromAlipay />}
      {type && !type.online && <View className="notice">{texts.onlyAtWindow}</View>}
      {type?.bankCard && <ConsentBox consent={notice}>{texts.bankCardNotice}</ConsentBox>}
      <ConsentBox consent={privacy}>{texts.privacyNotice}</ConsentBox>
      <View className="hint">{texts.next.entry}</View>
      <Primary
        disabled={!type || !privacy.given || (type.bankCard && !notice.given)}
        doing="certificate-check"
        onTap={() => submit(false)}
      >
        {texts.viewToDos}
      </Primary>
      <Plain disabled={!type || !privacy.given} onTap={() => submit(true)}>
        {texts.toWindow}
      </Plain>
    </Screen>
  );
}

/** What the account itself knows of its holder, in place of typing it. */
function FromAlipay() {
  const texts = useTexts();
  const { identity, askForIdentity, forgetIdentity } = useJourney();
  if (!identity) {
    return (
      <Card>
        <View className="hint">{texts.authorizeWhat}</View>
        <Secondary onTap={askForIdentity}>{texts.authorize}</Secondary>
      </Card>
    );
  }
  return (
    <Card title={texts.authorized}>
      <Row label={texts.name}>{identity.name}</Row>
      <Row label={texts.documentNumber}>{identity.number}</Row>
      <Link onTap={forgetIdentity}>{texts.typeInstead}</Link>
    </Card>
  );
}
