import { NO_END } from '../../../../../domain/window-check';
import type { Journey } from '../../../client';
import { Facts } from '../../../components/facts';
import { useTextsOf, useWords } from '../../../texts';
import { decidingTexts } from '../../../texts/deciding';
import { windowCheckTexts } from '../../../texts/window-check';
import type { ChosenScan } from '../chosen-scan';
import { useFullPerson } from '../full-person';
import { codePointsOf } from '../name-difference';
import { OwnScan } from '../scan-field';
import { asksCode, checksAt, stepsOf } from './draft';
import type { Draft, Place } from './draft';

/** Everything that goes to the other clerk, once more. */
export function Summary({
  journey: { id, person: masked },
  draft,
  place,
  scan,
}: {
  journey: Journey;
  draft: Draft;
  place: Place;
  scan: ChosenScan['file'];
}) {
  const deciding = useTextsOf(decidingTexts);
  const { document } = useWords();
  const words = useTextsOf(windowCheckTexts);
  const full = useFullPerson();
  const person = full?.person ?? masked;
  const { acceptance, validUntil, paperHash } = draft;
  const checks = stepsOf(draft, place).flatMap((step) => checksAt(step, draft, place));
  return (
    <>
      <p>{words.summaryHint}</p>
      <Facts
        rows={[
          [deciding.how, deciding.kinds[acceptance]],
          [words.phone, asksCode(draft, place) ? words.codeTyped : undefined],
          [words.name, person?.name],
          [
            words.codePoints,
            full?.person && <small className="number">{codePointsOf(full.person.name)}</small>,
          ],
          [words.document, masked && document(masked.documentType)],
          [words.number, person && <span className="number">{person.number}</span>],
          [
            words.validUntil,
            validUntil === '' ? undefined : validUntil === NO_END ? words.noEnd : validUntil,
          ],
          [
            words.compared,
            <ul>
              {checks.map((check) => (
                <li key={check}>{words.checks[check]}</li>
              ))}
            </ul>,
          ],
          [words.scan, scan ? undefined : <code className="hash">{paperHash}</code>],
        ]}
      />
      <OwnScan journey={id} file={scan} uploaded={paperHash} />
    </>
  );
}
