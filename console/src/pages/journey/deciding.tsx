import { useState } from 'react';
import { Button, Input, Radio, Tag } from 'antd';
import { isFourEyes } from '../../../../domain/decisions';
import type { Decision, SingleDecision } from '../../../../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../../../domain/limits';
import { reasonsFor } from '../../../../domain/reasons';
import type { Body, Journey } from '../../client';
import { Done } from '../../components/done';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { post, useMay, useSession } from '../../session';
import { useTexts, useTextsOf } from '../../texts';
import { decidingTexts } from '../../texts/deciding';
import { journeyTexts } from '../../texts/journey';
import { Proposing } from './proposing';
import { EffectsShown } from './effects';
import { noReason, ReasonFields, readReason } from './reason-fields';
import { Withdraw } from './withdraw';
import { Review } from './review';
import { useJourneyCommand } from './use-journey-command';

/** What can be done about a journey, by one clerk or by two. @param isLocked the clerk has not claimed it */
export function Deciding({
  journey,
  isLocked,
  onDecided,
}: {
  journey: Journey;
  isLocked: boolean;
  onDecided: (said: string) => void;
}) {
  const { steps } = useTexts();
  const deciding = useTextsOf(decidingTexts);
  const mayDecide = useMay('decide');
  const { clerk: me } = useSession();
  // Kept while the page is read again: what was chosen and typed stays.
  const [said, setSaid] = useState<string>();
  const { stuck, proposal } = journey;
  const done = (sentence: string) => {
    setSaid(sentence);
    onDecided(sentence);
  };
  return (
    <section className={isLocked ? 'card locked' : 'card'} aria-labelledby="deciding">
      <h2 id="deciding">{deciding.title}</h2>
      {said && <Done title={said}>{deciding.now(steps[journey.step])}</Done>}
      {!stuck && !said && <p>{deciding.none}</p>}
      {/* Without the claim nothing is decided, and what was typed stays. */}
      <fieldset disabled={isLocked}>
        {proposal && <Review key={proposal.id} journey={journey} proposal={proposal} onDone={done} />}
        {stuck && !proposal && mayDecide && (
          <Choice key={stuck.since} journey={journey} decisions={stuck.decisions} onDone={done} />
        )}
      </fieldset>
      {stuck && proposal && <p className="hint">{deciding.pending}</p>}
      {/* Whose proposal it is takes it back without a claim. */}
      {proposal?.clerk === me.id && <Withdraw journey={journey} proposal={proposal.id} onDone={setSaid} />}
      {stuck && !proposal && !mayDecide && <p>{deciding.readOnly}</p>}
    </section>
  );
}

function Choice({
  journey,
  decisions: possible,
  onDone,
}: {
  journey: Journey;
  decisions: Decision[];
  onDone: (said: string) => void;
}) {
  const { decisions } = useTexts();
  const { decisionMeanings } = useTextsOf(journeyTexts);
  const deciding = useTextsOf(decidingTexts);
  const [wanted, setWanted] = useState<Decision>();
  const chosen = possible.find((one) => one === wanted);
  return (
    <div className="stack">
      <Radio.Group
        className="choices"
        aria-label={deciding.choose}
        value={chosen}
        onChange={(event) => setWanted(event.target.value as Decision)}
      >
        {possible.map((decision) => (
          <Radio key={decision} value={decision}>
            {decisions[decision]} {isFourEyes(decision) && <Tag>{deciding.fourEyes}</Tag>}
            <small>{decisionMeanings[decision]}</small>
          </Radio>
        ))}
      </Radio.Group>
      {chosen &&
        (isFourEyes(chosen) ? (
          <Proposing key={chosen} journey={journey} decision={chosen} onDone={onDone} />
        ) : (
          <Single key={chosen} journey={journey} decision={chosen} onDone={onDone} />
        ))}
    </div>
  );
}

function Single({
  journey: { id, revision, stuck },
  decision,
  onDone,
}: {
  journey: Journey;
  decision: SingleDecision;
  onDone: (said: string) => void;
}) {
  const { decisions } = useTexts();
  const deciding = useTextsOf(decidingTexts);
  const [attempts, setAttempts] = useState('1');
  const [given, setGiven] = useState(noReason);
  const reasons = stuck ? reasonsFor(decision, stuck.cause) : [];
  const { mutate, isPending, error } = useJourneyCommand(
    id,
    (body: Body<'/api/clerk/journeys/{id}/decisions'>, key) =>
      post('/api/clerk/journeys/{id}/decisions', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ({ isTaken }) => onDone(isTaken ? deciding.taken : deciding.done[decision]),
  );
  const grants = decision === 'grant-attempts';
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = readReason(given, reasons);
        if (reason) mutate({ revision, decision, ...reason, ...(grants && { attempts: Number(attempts) }) });
      }}
    >
      {grants && (
        <Field label={deciding.attempts}>
          {(labels) => (
            <Input
              {...labels}
              type="number"
              min={1}
              max={GRANTED_ATTEMPTS_PER_DAY}
              required
              value={attempts}
              onChange={(event) => setAttempts(event.target.value)}
            />
          )}
        </Field>
      )}
      <EffectsShown
        option={stuck?.options.find(
          (one) => one.decision === decision && (!grants || one.attempts === Number(attempts)),
        )}
      />
      <ReasonFields choices={reasons} given={given} onChange={setGiven} />
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" danger={decision === 'reject'} loading={isPending}>
        {deciding.submit(decisions[decision])}
      </Button>
    </form>
  );
}
