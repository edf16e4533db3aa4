import type { ReasonCode } from '../../../../domain/reasons';
import type { Journey } from '../../client';
import { useSession } from '../../session';
import { formatAge, formatTime, useTexts, useTextsOf } from '../../texts';
import { decidingTexts } from '../../texts/deciding';
import { useReasonSentence } from './reason-fields';
import { storyOf } from './story';
import type { Event } from './story';

/** What happened so far, in plain words. */
export function Story({ journey }: { journey: Journey }) {
  const { journey: words } = useTexts();
  const say = useSentences();
  const events = storyOf(journey);
  return (
    <section className="card">
      <h2>{words.story}</h2>
      {events.length === 0 && <p>{words.nothing}</p>}
      <ol className="story">
        {events.map((event) => (
          <li key={event.key}>
            <time dateTime={event.at}>{formatTime(event.at)}</time>
            <p>{say(event)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** By which name the console speaks of who decided; the api gives ids. */
export function useNameOfClerk() {
  const { journey: words } = useTexts();
  const { clerk: me } = useSession();
  return ({ clerk, operator }: { clerk?: string; operator?: string }) => {
    if (clerk === me.id) return words.me;
    if (clerk) return words.clerk(clerk.slice(0, 8));
    return words.operator(operator ?? '');
  };
}

function useSentences() {
  const texts = useTexts();
  const nameOf = useNameOfClerk();
  const { journey: words } = texts;
  const { noted } = useTextsOf(decidingTexts);
  const sentence = useReasonSentence();
  const why = (reason?: ReasonCode, note?: string) => (reason ? ` ${noted(sentence(reason), note)}` : '');
  return (event: Event): string => {
    switch (event.kind) {
      case 'stuck':
        return words.stuck(texts.causes[event.cause]);
      case 'left': {
        const { by } = event;
        const way = by === 'time' || by === 'decide' || by === 'propose' || by === 'review' ? by : 'other';
        return words.left(words.ways[way], formatAge(event.tookMs, texts));
      }
      case 'decided': {
        const { decision } = event;
        const what = texts.decisions[decision.decision];
        const who = nameOf(decision);
        const done = decision.state === 'taken' ? words.took(who, what) : words.proposed(who, what);
        return done + why(decision.reason, decision.note);
      }
      case 'settled': {
        const { decision } = event;
        const reviewer = decision.reviewer ? `${nameOf({ clerk: decision.reviewer })}：` : '';
        const { reviewReason, reviewNote } = decision;
        return `${reviewer}${words.settled[decision.state]}${why(reviewReason, reviewNote)}`;
      }
    }
  };
}
