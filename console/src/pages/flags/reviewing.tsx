import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { flagReasonsFor } from '../../../../domain/flag-reasons';
import type { FlagReason } from '../../../../domain/flag-reasons';
import { flagVerdicts } from '../../../../domain/flags';
import type { FlagVerdict } from '../../../../domain/flags';
import type { Schemas } from '../../client';
import { Dialog } from '../../components/dialog';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { readAgain } from '../../queries';
import { post, useMay } from '../../session';
import { formatTime, useTextsOf, useWords } from '../../texts';
import { flagTexts } from '../../texts/flags';
import { useFlagReasonSentence } from './reason-sentence';

type Flag = Schemas['Flag'];

/** What a flag is about, with links. */
export function FlagFacts({ flag: { matter, reference, roles, raisedAt, journeyId } }: { flag: Flag }) {
  const words = useTextsOf(flagTexts);
  const shared = useWords();
  const { registry, externalId, version, kind } = matter;
  return (
    <Facts
      rows={[
        [
          words.matter,
          <Link to="/matters/$registry/$externalId" params={{ registry, externalId }}>
            {shared.kind(kind)} {externalId} {words.version(version)}
          </Link>,
        ],
        [words.person, `${reference}（${roles.map((role) => shared.role(role)).join('、')}）`],
        [words.raisedAt, formatTime(raisedAt)],
        [
          words.journeyOf,
          journeyId && (
            <Link to="/journeys/$id" params={{ id: journeyId }}>
              {words.journey}
            </Link>
          ),
        ],
      ]}
    />
  );
}

/** The verdict, or the buttons that give one. */
export function Reviewing({ flag }: { flag: Flag }) {
  const words = useTextsOf(flagTexts);
  const sentence = useFlagReasonSentence();
  const mayReview = useMay('review');
  const [asked, setAsked] = useState<FlagVerdict>();
  const { severity, verdict, reason, reviewedAt } = flag;
  if (verdict && reviewedAt)
    return (
      <p>
        {words.reviewed(words.verdicts[verdict], formatTime(reviewedAt))}
        {reason && <small> {sentence(reason)}</small>}
      </p>
    );
  return (
    <div className="stack">
      {severity === 'severe' && <p>{words.severe}</p>}
      {!mayReview && <p className="hint">{words.onlyReviewers}</p>}
      {mayReview &&
        flagVerdicts.map((one) => (
          <div key={one}>
            <Button
              type={one === 'cleared' ? 'primary' : 'default'}
              danger={one === 'upheld'}
              onClick={() => setAsked(one)}
            >
              {words.verdicts[one]}
            </Button>{' '}
            <span className="hint">{words.meanings[one]}</span>
          </div>
        ))}
      {asked && <Review flag={flag} verdict={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

/** Asks for the reason of a verdict; giving it confirms the verdict. */
function Review({
  flag: { id },
  verdict,
  onClose,
}: {
  flag: Flag;
  verdict: FlagVerdict;
  onClose: () => void;
}) {
  const words = useTextsOf(flagTexts);
  const sentence = useFlagReasonSentence();
  const [reason, setReason] = useState<FlagReason>();
  const choices = flagReasonsFor(verdict);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { verdict: FlagVerdict; reason: FlagReason }) =>
      post('/api/clerk/flags/{flag}/review', { params: { path: { flag: id } }, body }),
    // Also after a refusal: somebody else has reviewed it.
    onSettled: () => readAgain('flags', 'flag', 'matter'),
  });
  return (
    <Dialog title={words.verdicts[verdict]} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason) mutate({ verdict, reason });
        }}
      >
        <p>{words.meanings[verdict]}</p>
        {verdict === 'upheld' && <Alert type="warning" showIcon title={words.final} />}
        <Field label={words.reason}>
          {(labels) => (
            <select
              {...labels}
              required
              value={reason ?? ''}
              onChange={({ target }) => setReason(choices.find((one) => one === target.value))}
            >
              <option value="">{words.chooseReason}</option>
              {choices.map((one) => (
                <option key={one} value={one}>
                  {sentence(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {error && <Failure error={error} />}
        <div className="buttons">
          <Button type="primary" danger={verdict === 'upheld'} htmlType="submit" loading={isPending}>
            {words.confirm[verdict]}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
