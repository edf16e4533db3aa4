import type { Journey } from '../../client';
import { Facts } from '../../components/facts';
import { useAuthorityName } from '../../components/authority';
import { formatTime, useTexts, useTextsOf, useWords } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { ShowPerson, useFullPerson } from './full-person';

/** Whose journey it is, and the matter in which it is stuck. Masked, until the clerk says why they look. */
export function PersonAndMatter({ journey }: { journey: Journey }) {
  const words = useWords();
  const nameOf = useAuthorityName();
  const { journey: labels } = useTexts();
  const { toDo, attempts, authorities } = journey;
  return (
    <section className="card stack" aria-labelledby="person">
      <h2 id="person">{labels.person}</h2>
      <Person journey={journey} />
      <Facts
        rows={[
          [labels.authorities, authorities.map(nameOf).join('、')],
          [
            labels.attempts,
            [
              labels.faceLeft(attempts.faceLeft),
              labels.bankCardLeft(attempts.bankCardLeft),
              ...(attempts.granted > 0 ? [labels.granted(attempts.granted)] : []),
              labels.resets(formatTime(attempts.resetsAt)),
            ].join('，'),
          ],
        ]}
      />
      {toDo && (
        <>
          <h3>{labels.toDo}</h3>
          <Facts
            rows={[
              [labels.entity, toDo.entity],
              [labels.kind, words.kind(toDo.kind)],
              [labels.rolesOf, toDo.roles.map((role) => words.role(role)).join('、')],
            ]}
          />
        </>
      )}
    </section>
  );
}

function Person({ journey: { person: masked } }: { journey: Journey }) {
  const { journey: labels } = useTexts();
  const words = useWords();
  const texts = useTextsOf(journeyTexts);
  const full = useFullPerson();
  if (!masked) return <p>{labels.gone}</p>;
  if (full && !full.person) return <p role="status">{texts.erased}</p>;
  const person = full?.person ?? masked;
  return (
    <>
      <Facts
        rows={[
          [labels.name, person.name],
          [labels.enteredAs, person.enteredAs],
          [labels.document, words.document(masked.documentType)],
          [labels.number, <span className="number">{person.number}</span>],
          [labels.validUntil, person.validUntil],
        ]}
      />
      {!full && <p className="hint">{texts.masked}</p>}
      <ShowPerson mayHide />
    </>
  );
}
