import { useState } from 'react';
import { Button, Input } from 'antd';
import type { FourEyesDecision } from '../../../../domain/decisions';
import type { Journey } from '../../client';
import type { paths } from '../../api-types';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { post } from '../../session';
import { useTexts } from '../../texts';
import { ShowPerson, useFullPerson } from './full-person';
import { useJourneyCommand } from './use-journey-command';
import { WindowCheck } from './window-check/window-check';

export type ProposalBody =
  paths['/api/clerk/journeys/{id}/proposals']['post']['requestBody']['content']['application/json'];

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
  journey: { id, revision },
  onDone,
}: {
  journey: Journey;
  onDone: (said: string) => void;
}) {
  const { deciding, decisions } = useTexts();
  const { full } = useFullPerson();
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
        mutate({ revision, decision: 'correct-name', name });
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
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {deciding.propose(decisions['correct-name'])}
      </Button>
    </form>
  );
}
