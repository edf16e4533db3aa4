import { Fragment } from 'react';
import type { Journey, Schemas } from '../../client';
import { useClerkNames } from '../../components/clerk-names';
import { formatAge, formatTime, useTexts, useTextsOf } from '../../texts';
import type { Texts } from '../../texts/zh-CN';
import { decidingTexts } from '../../texts/deciding';
import { journeyTexts } from '../../texts/journey';
import type { JourneyTexts } from '../../texts/journey';
import { useReasonSentence } from './reason-fields';

type Event = Schemas['StoryEvent'];

/** What happened so far, in plain words, the newest last. */
export function Story({ journey }: { journey: Journey }) {
  const texts = useTexts();
  const words = useTextsOf(journeyTexts);
  const named = useClerkNames(journey.clerks);
  const nameOf = ({ clerk, operator }: { clerk?: string; operator?: string }) =>
    clerk === undefined ? texts.journey.operator(operator ?? '') : named(clerk);
  const { noted } = useTextsOf(decidingTexts);
  const sentence = useReasonSentence();
  const whyOf = ({ kind, decisionId }: Extract<Event, { decisionId: string }>) => {
    const { reason, note, reviewReason, reviewNote } =
      journey.decisions.find(({ id }) => id === decisionId) ?? {};
    if (kind === 'reviewed') return reviewReason && noted(sentence(reviewReason), reviewNote);
    return reason && noted(sentence(reason), note);
  };
  const entityOf = new Map(journey.matters.map(({ toDoId, entity }) => [toDoId, entity]));
  return (
    <section className="card" aria-labelledby="story">
      <h2 id="story">{texts.journey.story}</h2>
      <ol className="story">
        {journey.story.map((event, at) => {
          const { title, details, codes = [], why } = tell(event, { texts, words, nameOf, whyOf });
          const entity = event.toDoId === undefined ? undefined : entityOf.get(event.toDoId);
          return (
            // Events are only added, and several may have the same time.
            <li key={`${event.kind} ${event.at} ${at}`} data-kind={event.kind}>
              <time dateTime={event.at}>{formatTime(event.at)}</time>
              <p>{title}</p>
              {codes.map(({ code, said }) => (
                <p key={code}>
                  {said} <small className="number">{code}</small>
                </p>
              ))}
              {why && <p className="hint">{why}</p>}
              <p className="hint">
                {[entity !== undefined && words.matter(entity), ...details]
                  .filter((part) => typeof part === 'string')
                  .map((part, index) => (
                    <Fragment key={part}>
                      {index > 0 && '；'}
                      {part}
                    </Fragment>
                  ))}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface Told {
  title: string;
  details: (string | false | undefined)[];
  /** Results of vendors, in words and as codes. */
  codes?: { code: string; said: string }[];
  /** Whole sentences: the reason of a clerk, and their note. */
  why?: string;
}

function tell(
  event: Event,
  {
    texts,
    words,
    nameOf,
    whyOf,
  }: {
    texts: Texts;
    words: JourneyTexts;
    nameOf: (by: { clerk?: string; operator?: string }) => string;
    whyOf: (event: Extract<Event, { decisionId: string }>) => string | undefined;
  },
): Told {
  const lasted = (milliseconds: number) => durationOf(milliseconds, texts, words);
  switch (event.kind) {
    case 'entered':
      return { title: words.entered, details: [] };
    case 'consented':
    case 'consent-withdrawn': {
      const what = event.consents.map((kind) => words.consents[kind]).join('、');
      return {
        title: event.kind === 'consented' ? words.consented(what) : words.withdrawn(what),
        details: [],
      };
    }
    case 'check':
      return {
        title: words.check(words.checks[event.check], event.number, words.states[event.state]),
        codes: event.codes.map((code) => ({ code, said: words.results[code] ?? '' })),
        details: [
          event.isAttack && words.attack,
          event.use && words.uses[event.use],
          event.tookMs !== undefined && words.took(lasted(event.tookMs)),
        ],
      };
    case 'stuck':
      return { title: words.stuck(texts.causes[event.cause]), details: [] };
    case 'unstuck':
      return {
        title: words.unstuck(words.commands[event.by] ?? words.byPerson),
        details: [words.took(lasted(event.tookMs))],
      };
    case 'decided':
    case 'proposed': {
      const [who, what, why] = [nameOf(event), texts.decisions[event.decision], whyOf(event)];
      return {
        title: event.kind === 'decided' ? words.decided(who, what) : words.proposed(who, what),
        ...(why && { why }),
        details: [
          event.acceptance && words.acceptances[event.acceptance],
          event.attempts !== undefined && words.granted(event.attempts),
          event.tookMs !== undefined && words.waited(lasted(event.tookMs)),
        ],
      };
    }
    case 'reviewed': {
      const why = whyOf(event);
      return {
        title: words.reviewed[event.verdict](nameOf({ clerk: event.reviewer })),
        ...(why && { why }),
        details: [words.waited(lasted(event.tookMs))],
      };
    }
    case 'settled':
      return {
        title: words.settled[event.state],
        details: [
          event.reason && words.reasons[event.reason],
          event.evidenceNumber && words.evidence(event.evidenceNumber),
        ],
      };
    case 'sealed':
      return {
        title: words.sealed,
        details: [
          event.evidenceNumber && words.evidence(event.evidenceNumber),
          words.waited(lasted(event.tookMs)),
        ],
      };
    case 'portrait-archived':
      return { title: words.archived, details: [] };
  }
}

function durationOf(milliseconds: number, texts: Texts, words: JourneyTexts): string {
  if (milliseconds >= 60_000) return formatAge(milliseconds, texts);
  return words.seconds((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0));
}
