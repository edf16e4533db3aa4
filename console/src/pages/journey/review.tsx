import { useState } from 'react';
import { Alert, Button } from 'antd';
import type { Verdict } from '../../../../domain/decisions';
import type { Journey } from '../../client';
import { useClerkNames } from '../../components/clerk-names';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { post, useMay, useSession } from '../../session';
import { formatTime, useTexts } from '../../texts';
import { codePointsOf, differenceOf } from './name-difference';
import { ShowPerson, useFullPerson } from './full-person';
import { ScanField } from './scan-field';
import { useJourneyCommand } from './use-journey-command';

type Proposal = NonNullable<Journey['proposal']>;

/** What another clerk proposed, with what it rests on. Only whom the system picked can review it. */
export function Review({
  journey: { id, revision, phone, clerks },
  proposal,
  onDone,
}: {
  journey: Journey;
  proposal: Proposal;
  onDone: (said: string) => void;
}) {
  const { review, decisions, deciding } = useTexts();
  const nameOf = useClerkNames(clerks);
  const { full } = useFullPerson();
  const { clerk: me } = useSession();
  const isReviewer = useMay('review') && proposal.reviewer === me.id && proposal.clerk !== me.id;
  const { mutate, isPending, error } = useJourneyCommand(
    id,
    (body: { revision: number; verdict: Verdict }, key) =>
      post('/api/clerk/journeys/{id}/proposals/{proposal}/review', {
        params: { path: { id, proposal: proposal.id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ({ isTaken }, { verdict }) =>
      onDone(isTaken ? deciding.taken : verdict === 'approve' ? review.approved : review.declined),
  );
  const give = (verdict: Verdict) => mutate({ revision, verdict });
  return (
    <section className="stack" aria-label={review.title}>
      <h3>{review.title}</h3>
      <Facts
        rows={[
          [review.what, decisions[proposal.decision]],
          [deciding.how, proposal.acceptance && deciding.kinds[proposal.acceptance]],
          [review.by, nameOf(proposal.clerk ?? '')],
          [review.at, formatTime(proposal.decidedAt)],
          [review.expires, proposal.expiresAt && formatTime(proposal.expiresAt)],
          [review.paper, proposal.paperHash && <code className="hash">{proposal.paperHash}</code>],
        ]}
      />
      {phone && proposal.decision === 'accept' && <p className="hint">{phone.message}</p>}
      {proposal.name !== undefined && <ShowPerson />}
      {full?.person && full.proposedName !== undefined && (
        <NameChange before={full.person.name} after={full.proposedName} />
      )}
      {!isReviewer && (
        <Alert type="info" showIcon title={proposal.clerk === me.id ? review.own : review.others} />
      )}
      {isReviewer && proposal.paperHash && <Comparison hash={proposal.paperHash} />}
      {error && <Failure error={error} />}
      {isReviewer && (
        <div className="buttons">
          <Button type="primary" loading={isPending} onClick={() => give('approve')}>
            {review.approve}
          </Button>
          <Button danger loading={isPending} onClick={() => give('decline')}>
            {review.decline}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whether the scan at hand is the one that was proposed. */
function Comparison({ hash }: { hash: string }) {
  const { review } = useTexts();
  const [found, setFound] = useState<string>();
  return (
    <>
      <ScanField label={review.compare} onHash={setFound} />
      {found &&
        (found === hash ? (
          <Alert role="status" type="success" showIcon title={review.same} />
        ) : (
          <Alert type="error" showIcon title={review.differs} />
        ))}
    </>
  );
}

function NameChange({ before, after }: { before: string; after: string }) {
  const { review } = useTexts();
  const parts = differenceOf(before, after);
  const shown = (text: string, without: 'removed' | 'added') => (
    <>
      {parts
        .filter(({ kind }) => kind !== without)
        .map(({ kind, text: part }, at) =>
          kind === 'same' ? (
            <span key={at}>{part}</span>
          ) : kind === 'removed' ? (
            <del key={at} title={review.removed}>
              {part}
            </del>
          ) : (
            <ins key={at} title={review.added}>
              {part}
            </ins>
          ),
        )}{' '}
      <small className="number">{codePointsOf(text)}</small>
    </>
  );
  return (
    <>
      <h4>{review.change}</h4>
      <Facts
        rows={[
          [review.before, shown(before, 'added')],
          [review.after, shown(after, 'removed')],
        ]}
      />
    </>
  );
}
