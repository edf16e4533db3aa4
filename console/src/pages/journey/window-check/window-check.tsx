import { useEffect, useRef, useState } from 'react';
import { Alert, Button, Input, Radio } from 'antd';
import { acceptanceKinds } from '../../../../../domain/decisions';
import type { AcceptanceKind } from '../../../../../domain/decisions';
import { reasonsFor } from '../../../../../domain/reasons';
import { shanghaiDay } from '../../../../../domain/shanghai-time';
import { saysValidity } from '../../../../../domain/window-check';
import { ApiFailure } from '../../../client';
import type { Journey } from '../../../client';
import { Failure } from '../../../components/failure';
import { Field } from '../../../components/field';
import { post, useSession } from '../../../session';
import { useTexts, useTextsOf } from '../../../texts';
import { decidingTexts } from '../../../texts/deciding';
import { windowCheckTexts } from '../../../texts/window-check';
import { EffectsShown } from '../effects';
import { useChosenScan } from '../chosen-scan';
import type { ChosenScan } from '../chosen-scan';
import { useFullPerson } from '../full-person';
import { ShowPortraits } from '../portraits';
import { noReason, ReasonFields, readReason } from '../reason-fields';
import { OwnScan, ScanField } from '../scan-field';
import { useJourneyCommand } from '../use-journey-command';
import type { ProposalBody } from '../proposing';
import { DocumentStep } from './document-step';
import {
  asksCode,
  checksAt,
  createDraftStore,
  emptyDraft,
  firstIncomplete,
  isReached,
  missingAt,
  stepsOf,
} from './draft';
import type { Draft, Place, Step } from './draft';
import { Summary } from './summary';
import { Ticks } from './ticks';
import './window-check.css';

/** At which step something is to be changed after a refusal. */
const stepOfRefusal: Partial<Record<string, Step>> = {
  window_code_wrong: 'code',
  window_code_expired: 'code',
  window_code_used_up: 'code',
  input_expired: 'code',
  scan_unknown: 'scan',
};

/** Leads through accepting a person whom the clerk has seen, and proposes it to another clerk. */
export function WindowCheck({ journey, onDone }: { journey: Journey; onDone: (said: string) => void }) {
  const { id, revision, phone, person, toDo, stuck } = journey;
  const { decisions } = useTexts();
  const deciding = useTextsOf(decidingTexts);
  const words = useTextsOf(windowCheckTexts);
  const { clerk: me } = useSession();
  const full = useFullPerson();
  const place: Place = {
    hasPhone: phone !== undefined,
    isWithinMatter: toDo !== undefined,
    isShown: full?.person !== undefined,
    today: shanghaiDay(new Date()),
  };
  const [store] = useState(() => createDraftStore(`${id} ${stuck?.since} ${me.id}`, window.sessionStorage));
  const [draft, setDraft] = useState(() => store.load(emptyDraft(place.hasPhone)));
  const [isChecked, setChecked] = useState(false);
  useEffect(() => store.save(draft), [store, draft]);

  const [given, setGiven] = useState(noReason);
  const reasons = stuck ? reasonsFor('accept', stuck.cause) : [];

  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const scan = useChosenScan(id, {
    onChosen: (sha256) =>
      setDraft((before) => (before.paperHash === sha256 ? before : { ...before, paperHash: undefined })),
    onUploaded: (paperHash) => change({ paperHash }),
  });
  const step = isReached(draft.step, draft, place) ? draft.step : firstIncomplete(draft, place);
  const steps = stepsOf(draft, place);
  const at = steps.indexOf(step);
  const open = (next: Step | undefined) => {
    setChecked(false);
    if (next) change({ step: next });
  };

  const { mutate, isPending, error, reset } = useJourneyCommand(
    id,
    async (body: ProposalBody, key) =>
      await post('/api/clerk/journeys/{id}/proposals', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }).catch((refusal: unknown) => {
        const code = refusal instanceof ApiFailure ? refusal.code : '';
        const wrong = stepOfRefusal[code];
        if (wrong && steps.includes(wrong)) open(wrong);
        if (code === 'scan_unknown') change({ paperHash: undefined });
        throw refusal;
      }),
    ({ isTaken }) => {
      store.remove();
      onDone(isTaken ? deciding.taken : deciding.done.accept);
    },
  );

  /** What was refused at one step is not said at the next. */
  const turnTo = (next: Step | undefined) => {
    if (!isPending) reset();
    open(next);
  };

  const missing = missingAt(step, draft, place);
  const reason = readReason(given, reasons);
  const submit = () => {
    setChecked(true);
    if (missing || (step === 'summary' && !reason)) return;
    if (step !== 'summary' || !reason) {
      turnTo(steps[at + 1]);
      return;
    }
    const { acceptance, checks, paperHash = '', validUntil, windowCode } = draft;
    const needed = steps.flatMap((one) => checksAt(one, draft, place));
    mutate({
      ...{ revision, decision: 'accept', ...reason, acceptance, paperHash },
      seen: {
        checks: needed.filter((check) => checks.includes(check)),
        ...(saysValidity(acceptance) && { validUntil }),
      },
      ...(asksCode(draft, place) && { windowCode }),
    });
  };

  return (
    <form
      className="stack window-check"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Radio.Group
        className="choices"
        aria-label={deciding.how}
        value={draft.acceptance}
        onChange={(event) => {
          const acceptance = event.target.value as AcceptanceKind;
          // A step that the new acceptance lacks is left; else the last tick would open the next step.
          change({ acceptance, step: firstIncomplete({ ...draft, acceptance }, place) });
          setChecked(false);
        }}
        options={acceptanceKinds.map((kind) => ({ value: kind, label: deciding.kinds[kind] }))}
      />
      <ol className="steps" aria-label={words.stepsLabel}>
        {steps.map((one) => (
          <li key={one}>
            <button
              type="button"
              aria-current={one === step ? 'step' : undefined}
              disabled={!isReached(one, draft, place)}
              onClick={() => turnTo(one)}
            >
              {words.steps[one]}
              {one !== 'summary' && !missingAt(one, draft, place) && <small> {words.done}</small>}
            </button>
          </li>
        ))}
      </ol>
      <StepTitle key={step} title={words.steps[step]} />
      {phone && draft.acceptance === 'notarised' && step === 'document' && (
        <p className="hint">{phone.message}</p>
      )}
      {step === 'code' && <CodeStep draft={draft} onChange={change} />}
      {step === 'document' && <DocumentStep masked={person} draft={draft} onChange={change} />}
      {step === 'comparison' && <Comparison journey={id} scan={scan.file} uploaded={draft.paperHash} />}
      {step === 'scan' && (
        <>
          <p>{place.isWithinMatter ? words.scanOf.paper : words.scanOf.identity}</p>
          <ScanField journey={id} chosen={scan} uploaded={draft.paperHash} />
          <p className="hint">{words.scanHint}</p>
        </>
      )}
      {step === 'summary' && (
        <>
          <Summary journey={journey} draft={draft} place={place} scan={scan.file} />
          <EffectsShown
            option={stuck?.options.find(
              ({ decision, acceptance }) => decision === 'accept' && acceptance === draft.acceptance,
            )}
          />
          <ReasonFields choices={reasons} given={given} onChange={setGiven} />
        </>
      )}
      {checksAt(step, draft, place).length > 0 && (
        <Ticks
          checks={checksAt(step, draft, place)}
          ticked={draft.checks}
          onTick={(checks) => change({ checks })}
        />
      )}
      {isChecked && missing && <Alert type="error" showIcon title={words.missing[missing]} />}
      {isChecked && step === 'summary' && !reason && (
        <Alert type="error" showIcon title={deciding.chooseReason} />
      )}
      {error && <Failure error={error} />}
      <div className="buttons">
        {at > 0 && <Button onClick={() => turnTo(steps[at - 1])}>{words.back}</Button>}
        <Button type="primary" htmlType="submit" loading={isPending}>
          {step === 'summary' ? deciding.propose(decisions.accept) : words.next}
        </Button>
      </div>
    </form>
  );
}

/** Takes the focus when its step opens, so that a reader of the screen knows. */
function StepTitle({ title }: { title: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('.window-check')) ref.current?.focus();
  }, []);
  return (
    <h3 ref={ref} tabIndex={-1}>
      {title}
    </h3>
  );
}

function CodeStep({ draft, onChange }: { draft: Draft; onChange: (changes: Partial<Draft>) => void }) {
  const deciding = useTextsOf(decidingTexts);
  const words = useTextsOf(windowCheckTexts);
  return (
    <>
      <p>
        {words.say}
        <q>{words.sayCode}</q>
      </p>
      <p className="hint">{words.whereCode}</p>
      <Field label={deciding.windowCode} hint={deciding.windowCodeHint}>
        {(labels) => (
          <Input
            {...labels}
            className="code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            value={draft.windowCode}
            onChange={(event) => onChange({ windowCode: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** The person beside the photo of the document. */
function Comparison({
  journey,
  scan,
  uploaded,
}: {
  journey: string;
  scan: ChosenScan['file'];
  uploaded: string | undefined;
}) {
  const words = useTextsOf(windowCheckTexts);
  return (
    <>
      <p>{words.compare}</p>
      <ShowPortraits beside={<OwnScan journey={journey} file={scan} uploaded={uploaded} />} />
      <p>
        {words.say}
        <q>{words.sayWilling}</q>
      </p>
    </>
  );
}
