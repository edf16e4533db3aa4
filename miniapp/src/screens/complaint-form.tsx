import { RadioGroup, Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { complaintDefect, complaintKinds, lengthOf, LONGEST_COMPLAINT } from '../../../domain/complaints';
import type { Complaint } from '../api-contract';
import { isApiError, ApiError } from '../api-error';
import { apiRequest } from '../api-request';
import { forgetDraft, keepDraft, keptDraft } from '../complaint-draft';
import type { ComplaintDraft } from '../complaint-draft';
import { PrimaryButton } from '../components/buttons';
import { accessibilityOf, FieldError, RadioBox } from '../components/fields';
import { Card } from '../components/screen';
import { useJourney } from '../journey';
import { fillIn, useServerMessage, useTexts } from '../texts';

const most = LONGEST_COMPLAINT;

/** Asks whether it is a complaint or a suggestion, and for the text. What was written stays until it has been sent. */
export function ComplaintForm({ onSent }: { onSent: (complaint: Complaint) => void }) {
  const { complaints: texts } = useTexts();
  const failureMessage = useFailureMessage();
  const { read } = useJourney();
  const [draft, setDraft] = useState(keptDraft);
  const [isChecked, setChecked] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const { kind, text, key } = draft;

  const edit = (change: Partial<ComplaintDraft>) => {
    const edited = { ...draft, ...change };
    keepDraft(edited);
    setDraft(edited);
  };
  // Taro declares the detail of this event as `any`.
  const choose = ({ detail }: { detail: { value: string } }) =>
    edit({ kind: complaintKinds.find((one) => one === detail.value) });
  // The server has the same rule. Checking it here saves a request that would be rejected.
  const defect = complaintDefect(text);
  const defectText = isChecked && defect ? fillIn(texts.defects[defect], { most }) : undefined;
  const send = async () => {
    setChecked(true);
    setFailure(undefined);
    if (!kind || defect) return;
    try {
      const request = apiRequest('POST', '/api/complaints', { body: { kind, text } });
      const sent = await read({ ...request, key });
      forgetDraft();
      onSent(sent);
    } catch (error) {
      setFailure(error);
    }
  };

  return (
    <Card>
      <View className="text">{texts.what}</View>
      <View role="radiogroup" aria-label={texts.kind}>
        <RadioGroup onChange={choose}>
          {complaintKinds.map((one) => (
            <RadioBox key={one} value={one} isChecked={one === kind}>
              {texts.kinds[one]}
            </RadioBox>
          ))}
        </RadioGroup>
      </View>
      <FieldError text={isChecked && !kind ? texts.kindMissing : undefined} />
      <View className="card-title">{texts.text}</View>
      <Textarea
        className="area"
        name="text"
        // Nothing is cut off without a word.
        maxlength={-1}
        showCount={false}
        placeholder={texts.textHint}
        value={text}
        onInput={({ detail }) => edit({ text: detail.value })}
        {...accessibilityOf(texts.text, defectText)}
      />
      <View className="hint">{fillIn(texts.length, { count: lengthOf(text), most })}</View>
      <FieldError text={defectText} />
      <View className="hint">{texts.privacy}</View>
      {failure !== undefined && (
        <View className="problem" role="alert">
          {failureMessage(failure)}
        </View>
      )}
      <PrimaryButton onPress={send}>{texts.submit}</PrimaryButton>
    </Card>
  );
}

function useFailureMessage(): (failure: unknown) => string {
  const texts = useTexts();
  const serverMessage = useServerMessage();
  return (failure) => {
    // The session was over, and there is a new one.
    if (isApiError(failure, 'not_signed_in')) return texts.complaints.sendAgain;
    return failure instanceof ApiError ? serverMessage(failure.code, failure.message) : texts.offline;
  };
}
