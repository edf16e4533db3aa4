import { useState } from 'react';
import { Alert, Button } from 'antd';
import type { Verdict } from '../../../../domain/decisions';
import { reasonsFor } from '../../../../domain/reasons';
import { NO_END } from '../../../../domain/window-check';
import type { Body, Journey } from '../../client';
import { useClerkNames } from '../../components/clerk-names';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { post, useMay, useSession } from '../../session';
import { formatTime, useTexts, useTextsOf, useWords } from '../../texts';
import { decidingTexts } from '../../texts/deciding';
import { reviewTexts } from '../../texts/review';
import { windowCheckTexts } from '../../texts/window-check';
import { codePointsOf, differenceOf } from './name-difference';
import { ShowPerson, useFullPerson } from './full-person';
import { noReason, ReasonFields, readReason } from './reason-fields';
import { KeptScan } from './scan-view';
import { useJourneyCommand } from './use-journey-command';

type Proposal = NonNullable<Journey['proposal']>;

/** What another clerk proposed, with what it rests on. Only whom the system picked can review it. */
export function Review({
  journey: { id, revision, person, phone, clerks },
  proposal,
  onDone,
}: {
  journey: Journey;
  proposal: Proposal;
  onDone: (said: string) => void;
}) {
  const { decisions } = useTexts();
  const deciding = useTextsOf(decidingTexts);
  const review = useTextsOf(reviewTexts);
  const words = useTextsOf(windowCheckTexts);
  const nameOf = useClerkNames(clerks);
  const full = useFullPerson();
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
  const { paperHash } = proposal;
  const [isSame, setSame] = useState<boolean>();
  const isScanOpen = paperHash === undefined || isSame === true;
  const isPersonShown =
    full?.person !== undefined &&
    (proposal.decision !== 'correct-name' || full.proposedName !== undefined) &&
    (proposal.seen?.validUntil === undefined || full.proposedValidUntil !== undefined);
  // Nothing is approved unseen.
  const mayApprove = isScanOpen && isPersonShown;
  const lacking =
    (isSame === undefined && !isScanOpen && words.notShown) ||
    (!isPersonShown && review.personHidden) ||
    (!reasonOf('approve') && review.reasonMissing);
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
        ]}
      />
      {phone && proposal.decision === 'accept' && <p className="hint">{phone.message}</p>}
      <ShowPerson />
      {full?.person && full.proposedName !== undefined && (
        <NameChange before={full.person.name} after={full.proposedName} />
      )}
      {proposal.decision === 'accept' && <SeenByProposer masked={person} seen={proposal.seen} />}
      {!isReviewer && (
        <Alert type="info" showIcon title={proposal.clerk === me.id ? review.own : review.others} />
      )}
      {isReviewer && paperHash !== undefined && (
        <KeptScan journey={id} sha256={paperHash} from="proposer" onCompared={setSame} />
      )}
      {!isReviewer && paperHash !== undefined && (
        <p className="hash">
          {review.paper} <code>{paperHash}</code>
        </p>
      )}
      {isReviewer && (
        <ReasonFields
          choices={{ [review.approve]: reasons('approve'), [review.decline]: reasons('decline') }}
          given={given}
          onChange={setGiven}
        />
      )}
      {error && <Failure error={error} />}
      {isReviewer && (
        <div className="buttons">
          <Button
            type="primary"
            loading={isPending}
            disabled={!mayApprove || !reasonOf('approve')}
            onClick={() => give('approve')}
          >
            {review.approve}
          </Button>
          <Button danger disabled={!reasonOf('decline')} loading={isPending} onClick={() => give('decline')}>
            {review.decline}
          </Button>
          {lacking && <span className="hint">{lacking}</span>}
        </div>
      )}
    </section>
  );
}

/** What the proposer compared, and where the document differs from what the person entered. */
function SeenByProposer({ masked, seen }: { masked: Journey['person']; seen: Proposal['seen'] }) {
  const words = useTextsOf(windowCheckTexts);
  const { document } = useWords();
  const full = useFullPerson();
  const person = full?.person ?? masked;
  const entered = full?.person?.validUntil;
  const validUntil = full?.proposedValidUntil ?? seen?.validUntil;
  const isOther = entered !== undefined && validUntil !== undefined && validUntil !== entered;
  return (
    <>
      {person && (
        <Facts
          rows={[
            [words.name, person.name],
            [
              words.codePoints,
              full?.person && <small className="number">{codePointsOf(full.person.name)}</small>,
            ],
            [words.document, masked && document(masked.documentType)],
            [words.number, <span className="number">{person.number}</span>],
            [words.entered, person.validUntil],
            [
              words.validUntil,
              validUntil && (
                <>
                  {validUntil === NO_END ? words.noEnd : validUntil}
                  {isOther && <Alert type="warning" showIcon title={words.validityDiffers(entered)} />}
                </>
              ),
            ],
          ]}
        />
      )}
      {full?.person?.enteredAs !== undefined && full.person.enteredAs !== full.person.name && (
        <NameChange before={full.person.enteredAs} after={full.person.name} />
      )}
      <h4>{words.seen}</h4>
      {seen ? (
        <ul className="seen-checks">
          {seen.checks.map((check) => (
            <li key={check}>{words.checks[check]}</li>
          ))}
        </ul>
      ) : (
        <p>{words.seenNothing}</p>
      )}
    </>
  );
}

function NameChange({ before, after }: { before: string; after: string }) {
  const review = useTextsOf(reviewTexts);
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
