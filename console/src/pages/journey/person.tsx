import type { Journey } from '../../client';
import { Facts } from '../../components/facts';
import { useAuthorityName } from '../../components/authority';
import { formatTime, useTexts, useWords } from '../../texts';

/** Whose journey it is, and the matter in which it is stuck. */
export function PersonAndMatter({ journey }: { journey: Journey }) {
  const words = useWords();
  const nameOf = useAuthorityName();
  const { journey: labels } = useTexts();
  const { person, toDo, attempts, authorities } = journey;
  return (
    <section className="card">
      <h2>{labels.person}</h2>
      {person ? (
        <Facts
          rows={[
            [labels.name, person.name],
            [labels.enteredAs, person.enteredAs],
            [labels.document, words.document(person.documentType)],
            [labels.number, <span className="number">{person.number}</span>],
            [labels.validUntil, person.validUntil],
          ]}
        />
      ) : (
        <p>{labels.gone}</p>
      )}
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
