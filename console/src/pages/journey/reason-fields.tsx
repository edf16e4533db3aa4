import { useContext } from 'react';
import { Input } from 'antd';
import { LONGEST_COMPLAINT } from '../../../../domain/complaints';
import { reasonSentences } from '../../../../domain/reasons';
import type { ReasonCode } from '../../../../domain/reasons';
import { Field } from '../../components/field';
import { LanguageContext, useTextsOf } from '../../texts';
import { decidingTexts } from '../../texts/deciding';

/** What a clerk gives as the reason; `reason` is empty until one is chosen. */
export interface GivenReason {
  reason: ReasonCode | '';
  note: string;
}

export const noReason: GivenReason = { reason: '', note: '' };

/** A reason as the api takes it. @returns undefined until one of these is chosen */
export function readReason(
  { reason, note }: GivenReason,
  choices: readonly ReasonCode[],
): { reason: ReasonCode; note?: string } | undefined {
  const chosen = choices.find((one) => one === reason);
  return chosen && { reason: chosen, ...(note.trim() && { note }) };
}

/** The sentence of a reason, in the language of the page. */
export function useReasonSentence(): (code: ReasonCode) => string {
  const { code: language } = useContext(LanguageContext).language;
  return (code) => reasonSentences(code)[language === 'en' ? 'en' : 'zh'];
}

/** Reasons to choose from; by what they are given for, if there are several verdicts. */
type Choices = readonly ReasonCode[] | Record<string, readonly ReasonCode[]>;

/** Asks why: one of the sentences that fit, and in own words what is particular. */
export function ReasonFields({
  choices,
  given,
  onChange,
}: {
  choices: Choices;
  given: GivenReason;
  onChange: (given: GivenReason) => void;
}) {
  const words = useTextsOf(decidingTexts);
  return (
    <>
      <ReasonChoice
        choices={choices}
        given={given.reason}
        onChange={(reason) => onChange({ ...given, reason })}
      />
      <Field label={words.note} hint={words.noteHint}>
        {(labels) => (
          <Input.TextArea
            {...labels}
            rows={2}
            count={{ max: LONGEST_COMPLAINT }}
            value={given.note}
            onChange={(event) => onChange({ ...given, note: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

export function ReasonChoice({
  choices,
  given,
  onChange,
}: {
  choices: Choices;
  given: ReasonCode | '';
  onChange: (reason: ReasonCode | '') => void;
}) {
  const words = useTextsOf(decidingTexts);
  const sentence = useReasonSentence();
  const all: readonly ReasonCode[] = isList(choices) ? choices : Object.values(choices).flat();
  const optionsOf = (codes: readonly ReasonCode[]) =>
    codes.map((code) => (
      <option key={code} value={code}>
        {sentence(code)}
      </option>
    ));
  return (
    <Field label={words.reason}>
      {(labels) => (
        <select
          {...labels}
          required
          value={all.find((one) => one === given) ?? ''}
          onChange={(event) => onChange(all.find((one) => one === event.target.value) ?? '')}
        >
          <option value="">{words.chooseReason}</option>
          {isList(choices)
            ? optionsOf(choices)
            : Object.entries(choices).map(([verdict, codes]) => (
                <optgroup key={verdict} label={verdict}>
                  {optionsOf(codes)}
                </optgroup>
              ))}
        </select>
      )}
    </Field>
  );
}

const isList = (choices: Choices): choices is readonly ReasonCode[] => Array.isArray(choices);
