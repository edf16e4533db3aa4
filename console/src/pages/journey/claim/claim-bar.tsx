import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { Link, useLocation } from '@tanstack/react-router';
import { assigneeGroups } from '../../../../../domain/worklist';
import type { Journey } from '../../../client';
import { useClerkNames } from '../../../components/clerk-names';
import { Done } from '../../../components/done';
import { Failure } from '../../../components/failure';
import { useNow } from '../../../components/now';
import { TimeLimit } from '../../../components/time-limit';
import { useKeys } from '../../../keys';
import { readAgain } from '../../../queries';
import { post } from '../../../session';
import { formatTime, useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';
import { Escalation } from './escalation';
import { HandOver } from './hand-over';
import { Snooze } from './snooze';
import { Undoable } from './undo';
import type { Claim } from './use-claim';

type Window = 'hand-over' | 'escalation' | 'snooze';

/** Who works on the journey, and what its clerk can do instead of deciding. */
export function ClaimBar({ journey, claim }: { journey: Journey; claim: Claim }) {
  const words = useTextsOf(claimTexts);
  const { standing, keeper, error } = claim;
  const { id, worklist: entry, proposal } = journey;
  const now = useNow();
  const nameOf = useClerkNames(journey.clerks);
  const [open, setOpen] = useState<Window>();
  const [said, setSaid] = useState<string>();
  const [undoable, setUndoable] = useState<{ said: string; undo: () => Promise<unknown> }>();
  const decided = useLocation({ select: ({ state }) => state.decided });
  const isOwn = standing === 'own';
  const canPass = isOwn && !proposal;
  const canClaim = standing === 'free' || standing === 'over';
  useKeys({
    claim: () => canClaim && void keeper.ask(),
    escalate: () => canPass && setOpen('escalation'),
  });
  const takeUp = useMutation({
    mutationFn: () =>
      post('/api/clerk/journeys/{id}/snooze', { params: { path: { id } }, body: { until: null } }),
    onSuccess() {
      setSaid(words.takenUp);
      readAgain('journey', 'worklist', 'counts');
    },
  });
  const about = { params: { path: { id } } };
  const passed = (undo: () => Promise<unknown>) => (sentence: string) => {
    keeper.passOn();
    setOpen(undefined);
    setSaid(undefined);
    setUndoable({ said: sentence, undo });
    readAgain('journey', 'worklist', 'counts');
  };
  const undone = (sentence: string) => {
    setUndoable(undefined);
    setSaid(sentence);
    readAgain('journey', 'worklist', 'counts');
  };
  /** Whose it was before, who claims it again. */
  const takeBack = async () => {
    const before = entry?.assignee;
    await keeper.ask();
    const to = before !== undefined && isClerk(before) ? before : 'nobody';
    await post('/api/clerk/journeys/{id}/hand-over', { ...about, body: { to } });
    await keeper.ask();
  };
  const wake = async () => {
    await keeper.ask();
    await post('/api/clerk/journeys/{id}/snooze', { ...about, body: { until: null } });
  };
  const failed = takeUp.error ?? (standing === 'free' && error !== undefined ? error : null);
  const sheet = { id, onDone: passed(takeBack), onClose: () => setOpen(undefined) };
  return (
    <section className="stack" aria-label={words.title}>
      {decided && (
        <Done
          title={
            <>
              {decided.said}{' '}
              <Link to="/journeys/$id" params={{ id: decided.journey }}>
                {words.previous}
              </Link>
            </>
          }
        />
      )}
      <div className="claim card" data-standing={standing}>
        <Standing journey={journey} claim={claim} />
        {entry && (
          <p className="hint">
            <span>
              {words.timeLimit} <TimeLimit entry={entry} now={now} />
            </span>
            {entry.assignee && <span>{words.assigned(nameOf(entry.assignee))}</span>}
            {entry.snoozedUntil && <Tag>{words.snoozedUntil(formatTime(entry.snoozedUntil))}</Tag>}
          </p>
        )}
        <div className="tools">
          {canClaim && (
            <Button type="primary" aria-keyshortcuts="c" onClick={() => void keeper.ask()}>
              {standing === 'over' ? words.again : words.claim}
            </Button>
          )}
          {canPass && (
            <>
              {entry?.snoozedUntil && (
                <Button loading={takeUp.isPending} onClick={() => takeUp.mutate()}>
                  {words.takeUp}
                </Button>
              )}
              <Button onClick={() => setOpen('hand-over')}>{words.handOver}</Button>
              <Button aria-keyshortcuts="e" onClick={() => setOpen('escalation')}>
                {words.escalate}
              </Button>
              <Button onClick={() => setOpen('snooze')}>{words.snooze}</Button>
            </>
          )}
        </div>
      </div>
      {undoable && <Undoable key={undoable.said} {...undoable} onUndone={undone} />}
      {said && <Done title={said} />}
      {failed !== null && <Failure error={failed} />}
      {open === 'hand-over' && <HandOver {...sheet} />}
      {open === 'escalation' && <Escalation {...sheet} />}
      {open === 'snooze' && <Snooze {...sheet} onDone={passed(wake)} />}
    </section>
  );
}

const isClerk = (assignee: string) => !(assigneeGroups as readonly string[]).includes(assignee);

function Standing({
  journey: { worklist: entry, clerks },
  claim: { standing },
}: {
  journey: Journey;
  claim: Claim;
}) {
  const words = useTextsOf(claimTexts);
  const nameOf = useClerkNames(clerks);
  const [title, hint] = ((): [string, string?] => {
    switch (standing) {
      case 'others':
        return [words.others(nameOf(entry?.claim?.clerk ?? '')), words.othersHint];
      case 'looking':
        return [entry?.reviewer ? words.review(nameOf(entry.reviewer)) : words.looking];
      case 'own':
        return [words.own, words.ownHint];
      case 'over':
        return [words.over, words.overHint];
      case 'free':
        return [words.free, words.freeHint];
      case 'none':
      case 'asking':
        return [words[standing]];
    }
  })();
  return (
    <p role="status">
      <strong>{title}</strong> {hint && <span className="hint">{hint}</span>}
    </p>
  );
}
