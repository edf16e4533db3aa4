import { useState } from 'react';
import { Alert, Button } from 'antd';
import type { Verdict } from '../../../../domain/decisions';
import { reasonsFor } from '../../../../domain/reasons';
import type { Body, Journey } from '../../client';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { post, useMay, useSession } from '../../session';
import { formatTime, useTexts } from '../../texts';
import { codePointsOf, differenceOf } from './name-difference';
import { noReason, ReasonFields, readReason } from './reason-fields';
import { ScanField } from './scan-field';
import { useNameOfClerk } from './story-list';
import { useJourneyCommand } from './use-journey-command';

type Proposal = NonNullable<Journey['proposal']>;

/** What another clerk proposed, with what it rests on. Only whom the system picked can review it. */
export function Review({
  journey: { id, revision, person, phone },
  proposal,
  onDone,
}: {
  journey: Journey;
  proposal: Proposal;
  onDone: (said: string) => void;
}) {
  const { review, decisions, deciding } = useTexts();
  const nameOf = useNameOfClerk();
  const { clerk: me } = useSession();
  const isReviewer = useMay('review') && proposal.reviewer === me.id && proposal.clerk !== me.id;
  const { mutate, isPending, error } = useJourneyCommand(
    id,
    (body: Body<'/api/clerk/journeys/{id}/proposals/{proposal}/review'>, key) =>
      post('/api/clerk/journeys/{id}/proposals/{proposal}/review', {
        params: { path: { id, proposal: proposal.id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ({ isTaken }, { verdict }) =>
      onDone(isTaken ? deciding.taken : verdict === 'approve' ? review.approved : review.declined),
  );
  const [given, setGiven] = useState(noReason);
  const reasons = (verdict: Verdict) => reasonsFor(verdict, proposal.cause);
  const reasonOf = (verdict: Verdict) => readReason(given, reasons(verdict));
  const give = (verdict: Verdict) => {
    const reason = reasonOf(verdict);
    if (reason) mutate({ revision, verdict, ...reason });
  };
  return (
    <section className="stack" aria-label={review.title}>
      <h3>{review.title}</h3>
      <Facts
        rows={[
          [review.what, decisions[proposal.decision]],
          [deciding.how, proposal.acceptance && deciding.kinds[proposal.acceptance]],
          [review.by, nameOf(proposal)],
          [review.at, formatTime(proposal.decidedAt)],
          [review.expires, proposal.expiresAt && formatTime(proposal.expiresAt)],
          [review.paper, proposal.paperHash && <code className="hash">{proposal.paperHash}</code>],
        ]}
      />
      {phone && proposal.decision === 'accept' && <p className="hint">{phone.message}</p>}
      {proposal.name !== undefined && person && <NameChange before={person.name} after={proposal.name} />}
      {!isReviewer && (
        <Alert type="info" showIcon title={proposal.clerk === me.id ? review.own : review.others} />
      )}
      {isReviewer && proposal.paperHash && <Comparison hash={proposal.paperHash} />}
      {isReviewer && (
        <ReasonFields
          choices={[...reasons('approve'), ...reasons('decline')]}
          given={given}
          onChange={setGiven}
        />
      )}
      {error && <Failure error={error} />}
      {isReviewer && (
        <div className="buttons">
          <Button
            type="primary"
            disabled={!reasonOf('approve')}
            loading={isPending}
            onClick={() => give('approve')}
          >
            {review.approve}
          </Button>
          <Button danger disabled={!reasonOf('decline')} loading={isPending} onClick={() => give('decline')}>
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
