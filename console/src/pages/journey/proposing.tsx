import { useState } from 'react';
import { Button, Input } from 'antd';
import type { FourEyesDecision } from '../../../../domain/decisions';
import { reasonsFor } from '../../../../domain/reasons';
import type { Body, Journey } from '../../client';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { post } from '../../session';
import { useTexts, useTextsOf } from '../../texts';
import { decidingTexts } from '../../texts/deciding';
import { EffectsShown } from './effects';
import { ShowPerson, useFullPerson } from './full-person';
import { noReason, ReasonFields, readReason } from './reason-fields';
import { useJourneyCommand } from './use-journey-command';
import { WindowCheck } from './window-check/window-check';

export type ProposalBody = Body<'/api/clerk/journeys/{id}/proposals'>;

/** Proposes to another clerk what one alone can't decide. */
export function Proposing({
  journey,
  decision,
  onDone,
}: {
  journey: Journey;
  decision: FourEyesDecision;
  onDone: (said: string) => void;
}) {
  return decision === 'accept' ? (
    <WindowCheck journey={journey} onDone={onDone} />
  ) : (
    <CorrectName journey={journey} onDone={onDone} />
  );
}

function CorrectName({
  journey: { id, revision, stuck },
  onDone,
}: {
  journey: Journey;
  onDone: (said: string) => void;
}) {
  const { decisions } = useTexts();
  const deciding = useTextsOf(decidingTexts);
  const [given, setGiven] = useState(noReason);
  const reasons = stuck ? reasonsFor('correct-name', stuck.cause) : [];
  const full = useFullPerson();
  const [typed, setTyped] = useState<string>();
  const name = typed ?? full?.person?.name ?? '';
  const { mutate, isPending, error } = useJourneyCommand(
    id,
    (body: ProposalBody, key) =>
      post('/api/clerk/journeys/{id}/proposals', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ({ isTaken }) => onDone(isTaken ? deciding.taken : deciding.done['correct-name']),
  );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = readReason(given, reasons);
        if (reason) mutate({ revision, decision: 'correct-name', ...reason, name });
      }}
    >
      <ShowPerson />
      <Field label={deciding.name} hint={deciding.nameHint}>
        {(labels) => (
          <Input
            {...labels}
            autoComplete="off"
            spellCheck={false}
            required
            value={name}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <EffectsShown option={stuck?.options.find(({ decision }) => decision === 'correct-name')} />
      <ReasonFields choices={reasons} given={given} onChange={setGiven} />
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {deciding.propose(decisions['correct-name'])}
      </Button>
    </form>
  );
}
