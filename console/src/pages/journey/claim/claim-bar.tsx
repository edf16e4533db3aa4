import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { Link, useLocation } from '@tanstack/react-router';
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
import { takeBack } from './take-back';
import type { Passed } from './take-back';
import type { Claim } from './use-claim';

/** Who works on the journey, and what its clerk can do instead of deciding. */
export function ClaimBar({ journey, claim }: { journey: Journey; claim: Claim }) {
  const words = useTextsOf(claimTexts);
  const { standing, keeper, error } = claim;
  const { id, worklist: entry, proposal } = journey;
  const now = useNow();
  const nameOf = useClerkNames(journey.clerks);
  const [opened, setOpened] = useState<Passed>();
  const [said, setSaid] = useState<string>();
  const [undoable, setUndoable] = useState<{ at: number; said: string; undo: () => Promise<unknown> }>();
  const decided = useLocation({ select: ({ state }) => state.decided });
  // As it is when the window opens: what is done there changes it.
  const open = (window: Passed['window']) => {
    const { assignee, snoozedUntil } = entry ?? {};
    setOpened({ window, before: { assignee, snoozedUntil } });
  };
  const isOwn = standing === 'own';
  const canPass = isOwn && !proposal;
  const canClaim = standing === 'free' || standing === 'over';
  useKeys({
    claim: () => canClaim && void keeper.ask(),
    escalate: () => canPass && open('escalation'),
  });
  const takeUp = useMutation({
    mutationFn: () =>
      post('/api/clerk/journeys/{id}/snooze', { params: { path: { id } }, body: { until: null } }),
    onSuccess() {
      setSaid(words.takenUp);
      readAgain('journey', 'worklist', 'counts');
    },
  });
  const passed = (sentence: string) => {
    keeper.passOn();
    setOpened(undefined);
    setSaid(undefined);
    if (opened)
      setUndoable((before) => ({
        ...{ at: (before?.at ?? 0) + 1, said: sentence },
        undo: () => takeBack(id, keeper, opened),
      }));
    readAgain('journey', 'worklist', 'counts');
  };
  const undone = (sentence: string) => {
    setUndoable(undefined);
    setSaid(sentence);
    readAgain('journey', 'worklist', 'counts');
  };
  const failed = takeUp.error ?? (standing === 'free' && error !== undefined ? error : null);
  const sheet = { id, onDone: passed, onClose: () => setOpened(undefined) };
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
              <Button onClick={() => open('hand-over')}>{words.handOver}</Button>
              <Button aria-keyshortcuts="e" onClick={() => open('escalation')}>
                {words.escalate}
              </Button>
              <Button onClick={() => open('snooze')}>{words.snooze}</Button>
            </>
          )}
        </div>
      </div>
      {undoable && <Undoable key={undoable.at} {...undoable} onUndone={undone} />}
      {said && <Done title={said} />}
      {failed !== null && <Failure error={failed} />}
      {opened?.window === 'hand-over' && <HandOver {...sheet} />}
      {opened?.window === 'escalation' && <Escalation {...sheet} />}
      {opened?.window === 'snooze' && <Snooze {...sheet} />}
    </section>
  );
}

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
