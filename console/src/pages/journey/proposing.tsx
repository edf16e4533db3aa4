import { useState } from 'react';
import { Alert, Button, Input, Radio } from 'antd';
import { acceptanceKinds } from '../../../../domain/decisions';
import type { AcceptanceKind, FourEyesDecision } from '../../../../domain/decisions';
import { reasonsFor } from '../../../../domain/reasons';
import type { Body, Journey } from '../../client';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { post } from '../../session';
import { useTexts } from '../../texts';
import { EffectsShown } from './effects';
import { noReason, ReasonFields, readReason } from './reason-fields';
import { ScanField } from './scan-field';
import { useJourneyCommand } from './use-journey-command';

type Proposal = Body<'/api/clerk/journeys/{id}/proposals'>;

/** Proposes to another clerk what one alone can't decide. */
export function Proposing({
  journey: { id, revision, phone, person, stuck },
  decision,
  onDone,
}: {
  journey: Journey;
  decision: FourEyesDecision;
  onDone: (said: string) => void;
}) {
  const { deciding, decisions } = useTexts();
  const [acceptance, setAcceptance] = useState<AcceptanceKind>('on-site');
  const [windowCode, setWindowCode] = useState('');
  const [paperHash, setPaperHash] = useState<string>();
  const [isPaperMissing, setPaperMissing] = useState(false);
  const [name, setName] = useState(person?.name ?? '');
  const [given, setGiven] = useState(noReason);
  const reasons = stuck ? reasonsFor(decision, stuck.cause) : [];
  // The api says by `phone` that a phone waits which may be the person's.
  const needsCode = acceptance === 'on-site' && phone !== undefined;
  const { mutate, isPending, error } = useJourneyCommand(
    id,
    (body: Proposal, key) =>
      post('/api/clerk/journeys/{id}/proposals', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ({ isTaken }) => onDone(isTaken ? deciding.taken : deciding.done[decision]),
  );
  const propose = () => {
    const isMissing = decision === 'accept' && paperHash === undefined;
    setPaperMissing(isMissing);
    const reason = readReason(given, reasons);
    if (isMissing || !reason) return;
    const body: Proposal =
      decision === 'correct-name'
        ? { revision, decision, ...reason, name }
        : {
            ...{ revision, decision, ...reason, acceptance, paperHash: paperHash ?? '' },
            ...(needsCode && { windowCode }),
          };
    mutate(body);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        propose();
      }}
    >
      {decision === 'accept' && (
        <>
          <Radio.Group
            className="choices"
            aria-label={deciding.how}
            value={acceptance}
            onChange={(event) => setAcceptance(event.target.value as AcceptanceKind)}
            options={acceptanceKinds.map((kind) => ({ value: kind, label: deciding.kinds[kind] }))}
          />
          {phone && acceptance === 'notarised' && <p className="hint">{phone.message}</p>}
          {needsCode && (
            <Field label={deciding.windowCode} hint={deciding.windowCodeHint}>
              {(labels) => (
                <Input
                  {...labels}
                  className="code"
                  autoComplete="off"
                  autoCapitalize="characters"
                  spellCheck={false}
                  maxLength={40}
                  required
                  value={windowCode}
                  onChange={(event) => setWindowCode(event.target.value)}
                />
              )}
            </Field>
          )}
          <ScanField label={deciding.paper} hint={deciding.paperHint} onHash={setPaperHash} />
          {isPaperMissing && paperHash === undefined && (
            <Alert type="error" showIcon title={deciding.paperMissing} />
          )}
        </>
      )}
      {decision === 'correct-name' && (
        <Field label={deciding.name} hint={deciding.nameHint}>
          {(labels) => (
            <Input
              {...labels}
              autoComplete="off"
              spellCheck={false}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      )}
      <EffectsShown
        option={stuck?.options.find(
          (one) => one.decision === decision && (decision !== 'accept' || one.acceptance === acceptance),
        )}
      />
      <ReasonFields choices={reasons} given={given} onChange={setGiven} />
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {deciding.propose(decisions[decision])}
      </Button>
    </form>
  );
}
