import { useContext } from 'react';
import { stuckMessages, userMessages } from '../../../../texts/user-messages';
import type { Journey } from '../../client';
import { LanguageContext } from '../../texts';
import type { PersonMessages } from '../../texts';

const inChinese: PersonMessages = {
  notice: (code) => userMessages[code],
  stuck: (cause) => stuckMessages[cause],
};

/** What the person's phone shows now, in the words of the mini-program. */
export function Seen({ journey: { step, codes, stuck } }: { journey: Journey }) {
  const { texts, personMessages = inChinese } = useContext(LanguageContext).language;
  return (
    <section className="card">
      <h2>{texts.journey.seen}</h2>
      <div className="phone">
        <p>
          <strong>{texts.steps[step]}</strong>
        </p>
        {stuck && <p>{personMessages.stuck(stuck.cause)}</p>}
        {codes.map((code) => (
          <p key={code}>{personMessages.notice(code)}</p>
        ))}
      </div>
    </section>
  );
}
