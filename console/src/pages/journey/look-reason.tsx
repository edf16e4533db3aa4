import { useState } from 'react';
import { Button } from 'antd';
import { lookReasons } from '../../../../domain/looks';
import type { LookReason } from '../../../../domain/looks';
import { Failure } from '../../components/failure';
import { useTextsOf } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { lookReasonTexts } from '../../texts/look-reasons';

/** A button that first asks why somebody looks at personal data; choosing the reason shows it. */
export function LookButton({
  label,
  look: { mutate, isPending, error },
}: {
  label: string;
  look: { mutate: (reason: LookReason) => void; isPending: boolean; error: unknown };
}) {
  const words = useTextsOf(journeyTexts);
  const reasons = useTextsOf(lookReasonTexts);
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{label}</Button>;
  return (
    <div className="stack" role="group" aria-label={words.why}>
      <p>
        <strong>{words.why}</strong> <span className="hint">{words.recorded}</span>
      </p>
      <div className="reasons">
        {lookReasons.map((reason, at) => (
          <Button key={reason} autoFocus={at === 0} disabled={isPending} onClick={() => mutate(reason)}>
            {reasons[reason]}
          </Button>
        ))}
        <Button type="text" onClick={() => setAsking(false)}>
          {words.cancel}
        </Button>
      </div>
      {error !== null && <Failure error={error} />}
    </div>
  );
}
