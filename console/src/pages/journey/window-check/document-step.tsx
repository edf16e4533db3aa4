import { Alert, Input } from 'antd';
import { shanghaiDay } from '../../../../../domain/shanghai-time';
import { NO_END, saysValidity } from '../../../../../domain/window-check';
import type { Journey } from '../../../client';
import { Facts } from '../../../components/facts';
import { Field } from '../../../components/field';
import { useTextsOf, useWords } from '../../../texts';
import { windowCheckTexts } from '../../../texts/window-check';
import { ShowPerson, useFullPerson } from '../full-person';
import { codePointsOf } from '../name-difference';
import type { Draft } from './draft';

/** What stands on the document, beside what the person has entered. */
export function DocumentStep({
  masked,
  draft: { acceptance, validUntil },
  onChange,
}: {
  masked: Journey['person'];
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
}) {
  const words = useTextsOf(windowCheckTexts);
  const { document } = useWords();
  const full = useFullPerson();
  const person = full?.person ?? masked;
  const entered = full?.person?.validUntil;
  const hasDay = validUntil !== '' && validUntil !== NO_END;
  return (
    <>
      <p>{acceptance === 'on-site' ? words.noticeDocument : words.noticeNotarised}</p>
      <ShowPerson />
      {person && (
        <Facts
          rows={[
            [words.name, <strong>{person.name}</strong>],
            [
              words.codePoints,
              full?.person && <small className="number">{codePointsOf(full.person.name)}</small>,
            ],
            [words.document, masked && document(masked.documentType)],
            [words.number, <span className="number">{person.number}</span>],
            [words.entered, person.validUntil],
          ]}
        />
      )}
      {saysValidity(acceptance) && (
        <>
          <Field label={words.validUntil}>
            {(labels) => (
              <Input
                {...labels}
                className="day"
                type="date"
                autoComplete="off"
                disabled={validUntil === NO_END}
                value={hasDay ? validUntil : ''}
                onChange={(event) => onChange({ validUntil: event.target.value })}
              />
            )}
          </Field>
          <label className="tick">
            <input
              type="checkbox"
              checked={validUntil === NO_END}
              onChange={({ target }) => onChange({ validUntil: target.checked ? NO_END : '' })}
            />
            {words.noEnd}
          </label>
          {hasDay && validUntil < shanghaiDay(new Date()) ? (
            <Alert type="error" showIcon title={words.missing.document_expired} />
          ) : (
            entered !== undefined &&
            validUntil !== '' &&
            validUntil !== entered && (
              <Alert role="status" type="warning" showIcon title={words.validityDiffers(entered)} />
            )
          )}
        </>
      )}
    </>
  );
}
