import { Picker, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { call } from '../api';
import type { DocumentType, LegalText } from '../api';
import type { JourneyState } from '../journey';
import { useTexts } from '../texts';
import { Consent, Field, LegalLink, Plain, Primary, Row, Screen } from './parts';

/** 用户信息录入 */
export function Entry({ enter, isBusy }: JourneyState) {
  const texts = useTexts();
  const [types, setTypes] = useState<DocumentType[]>([]);
  const [chosen, setChosen] = useState(0);
  const [form, setForm] = useState({ name: '', documentNumber: '', validUntil: '', issuingCountry: '' });
  const [read, setRead] = useState({ bankCard: false, privacy: false });
  useEffect(() => {
    void call<{ documentTypes: DocumentType[] }>('GET', '/api/document-types').then(({ documentTypes }) =>
      setTypes(documentTypes),
    );
  }, []);
  const type = types[chosen];
  if (!type) return null;
  const isReady = read.privacy && (read.bankCard || !type.bankCard);
  const set = (field: keyof typeof form) => (value: string) =>
    setForm((before) => ({ ...before, [field]: value }));

  const submit = async (inPerson: boolean) => {
    const kinds = ['personal-information', ...(type.bankCard && !inPerson ? ['bank-card-notice'] : [])];
    const consents = await Promise.all(
      kinds.map(async (kind) => {
        const { version } = await call<LegalText>('GET', `/api/legal-texts/${kind}`);
        return { kind, version };
      }),
    );
    await enter({
      name: form.name,
      documentType: type.type,
      documentNumber: form.documentNumber,
      ...(type.asks.includes('valid-until') && form.validUntil && { validUntil: form.validUntil }),
      ...(type.asks.includes('issuing-country') &&
        form.issuingCountry && { issuingCountry: form.issuingCountry.toUpperCase() }),
      consents,
      ...(inPerson && { inPerson }),
    });
  };

  return (
    <Screen title={texts.title}>
      <View className="card">
        <Field
          label={texts.name}
          name="name"
          hint={texts.nameHint}
          value={form.name}
          onChange={set('name')}
        />
        <Row label={texts.documentType}>
          <Picker
            mode="selector"
            range={types.map(({ name }) => name)}
            value={chosen}
            onChange={({ detail }) => setChosen(Number(detail.value))}
          >
            <View className="field picked">{type.name}</View>
          </Picker>
        </Row>
        <Field
          label={texts.documentNumber}
          name="documentNumber"
          hint={texts.documentNumberHint}
          value={form.documentNumber}
          onChange={set('documentNumber')}
        />
        {type.asks.includes('valid-until') && (
          <Row label={texts.validUntil}>
            <Picker
              mode="date"
              value={form.validUntil}
              onChange={({ detail }) => set('validUntil')(detail.value)}
            >
              <View className="field picked">{form.validUntil || texts.validUntilHint}</View>
            </Picker>
          </Row>
        )}
        {type.asks.includes('issuing-country') && (
          <Field
            label={texts.issuingCountry}
            name="issuingCountry"
            hint={texts.issuingCountryHint}
            value={form.issuingCountry}
            onChange={set('issuingCountry')}
          />
        )}
      </View>
      {type.bankCard && (
        <Consent isGiven={read.bankCard} onChange={(bankCard) => setRead({ ...read, bankCard })}>
          {texts.bankCardNotice}
        </Consent>
      )}
      <Consent isGiven={read.privacy} onChange={(privacy) => setRead({ ...read, privacy })}>
        {texts.privacyNotice}
      </Consent>
      <LegalLink kind="personal-information">{texts.readPrivacy}</LegalLink>
      <Primary disabled={!isReady || isBusy} onTap={() => void submit(false)}>
        {texts.viewToDos}
      </Primary>
      <Plain disabled={!read.privacy || isBusy} onTap={() => void submit(true)}>
        {texts.toWindow}
      </Plain>
    </Screen>
  );
}
