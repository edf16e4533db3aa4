import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { flagVerdicts } from '../../../../domain/flags';
import type { FlagVerdict } from '../../../../domain/flags';
import type { Schemas } from '../../client';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { readAgain } from '../../queries';
import { post, useMay } from '../../session';
import { formatTime, useTextsOf, useWords } from '../../texts';
import { flagTexts } from '../../texts/flags';

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
export function Reviewing({ flag: { id, severity, verdict, reviewedAt } }: { flag: Flag }) {
  const words = useTextsOf(flagTexts);
  const mayReview = useMay('review');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (verdict: FlagVerdict) =>
      post('/api/clerk/flags/{flag}/review', { params: { path: { flag: id } }, body: { verdict } }),
    // Also after a refusal: somebody else has reviewed it.
    onSettled: () => readAgain('flags', 'flag', 'matter'),
  });
  if (verdict && reviewedAt) return <p>{words.reviewed(words.verdicts[verdict], formatTime(reviewedAt))}</p>;
  return (
    <div className="stack">
      {severity === 'severe' && <p>{words.severe}</p>}
      {!mayReview && <p className="hint">{words.onlyReviewers}</p>}
      {error && <Failure error={error} />}
      {mayReview &&
        flagVerdicts.map((verdict) => (
          <div key={verdict}>
            <Button
              type={verdict === 'cleared' ? 'primary' : 'default'}
              danger={verdict === 'upheld'}
              loading={isPending}
              onClick={() => mutate(verdict)}
            >
              {words.verdicts[verdict]}
            </Button>{' '}
            <span className="hint">{words.meanings[verdict]}</span>
          </div>
        ))}
    </div>
  );
}
