import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { documentTypeNames, documentTypes } from '../../../../domain/documents';
import { lookReasons } from '../../../../domain/looks';
import type { LookReason } from '../../../../domain/looks';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { bodyOf, post } from '../../session';
import { useTextsOf, useWords } from '../../texts';
import { lookReasonTexts } from '../../texts/look-reasons';
import { searchTexts } from '../../texts/search';
import type { Found } from './search';

type DocumentType = (typeof documentTypeNames)[number];

/** Finds what belongs to a person, by all of document type, number and name. */
export function PersonSearch({ onFound }: { onFound: (found: Found | undefined) => void }) {
  const words = useTextsOf(searchTexts);
  const reasons = useTextsOf(lookReasonTexts);
  const { document } = useWords();
  const [documentType, setDocumentType] = useState<DocumentType>('resident-id');
  const [typed, setTyped] = useState({ documentNumber: '', name: '', issuingCountry: '' });
  const [reason, setReason] = useState<LookReason | ''>('');
  const asksCountry = documentTypes[documentType].asks.includes('issuing-country');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: LookReason) => {
      const { documentNumber, name } = typed;
      const country = asksCountry && typed.issuingCountry.trim().toUpperCase();
      const body = { reason, documentType, documentNumber, name };
      return bodyOf(
        post('/api/clerk/person-search', { body: { ...body, ...(country && { issuingCountry: country }) } }),
      );
    },
    onMutate: () => onFound(undefined),
    onSuccess: onFound,
  });
  const text = (field: keyof typeof typed, label: string) => (
    <Field label={label}>
      {(labels) => (
        <Input
          {...labels}
          autoComplete="off"
          spellCheck={false}
          required
          value={typed[field]}
          onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="card stack"
      aria-labelledby="person-search"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason) mutate(reason);
      }}
    >
      <h2 id="person-search">{words.person}</h2>
      <p className="hint">{words.personHint}</p>
      <Field label={words.documentType}>
        {(labels) => (
          <select
            {...labels}
            value={documentType}
            onChange={({ target }) => setDocumentType(target.value as DocumentType)}
          >
            {documentTypeNames.map((type) => (
              <option key={type} value={type}>
                {document(type)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {text('documentNumber', words.documentNumber)}
      {asksCountry && text('issuingCountry', words.issuingCountry)}
      {text('name', words.name)}
      <Field label={words.reason}>
        {(labels) => (
          <select
            {...labels}
            required
            value={reason}
            onChange={({ target }) => setReason(lookReasons.find((one) => one === target.value) ?? '')}
          >
            <option value="">{words.chooseReason}</option>
            {lookReasons.map((one) => (
              <option key={one} value={one}>
                {reasons[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {error && <Failure error={error} />}
      <Button htmlType="submit" loading={isPending}>
        {words.findPerson}
      </Button>
    </form>
  );
}
