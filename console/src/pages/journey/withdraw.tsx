import { Button } from 'antd';
import type { Body, Journey } from '../../client';
import { Failure } from '../../components/failure';
import { useKeys } from '../../keys';
import { post } from '../../session';
import { useTextsOf } from '../../texts';
import { decidingTexts } from '../../texts/deciding';
import { useJourneyCommand } from './use-journey-command';

/** Takes back what the clerk proposed and nobody has reviewed. */
export function Withdraw({
  journey: { id, revision },
  proposal,
  onDone,
}: {
  journey: Journey;
  proposal: string;
  onDone: (said: string) => void;
}) {
  const words = useTextsOf(decidingTexts);
  const { mutate, isPending, error } = useJourneyCommand(
    id,
    (body: Body<'/api/clerk/journeys/{id}/proposals/{proposal}/withdrawal'>, key) =>
      post('/api/clerk/journeys/{id}/proposals/{proposal}/withdrawal', {
        params: { path: { id, proposal }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ({ isTaken }) => onDone(isTaken ? words.taken : words.withdrawn),
  );
  const withdraw = () => mutate({ revision });
  useKeys({ undo: () => !isPending && withdraw() });
  return (
    <div className="stack">
      <p className="hint">{words.withdrawHint}</p>
      {error && <Failure error={error} />}
      <div>
        <Button aria-keyshortcuts="z" loading={isPending} onClick={withdraw}>
          {words.withdraw}
        </Button>
      </div>
    </div>
  );
}
