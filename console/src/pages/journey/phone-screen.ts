import { shanghaiMinute } from '../../../../domain/shanghai-time';
import { fillIn } from '../../../../miniapp/src/texts/fill-in';
import type { Texts as PhoneTexts } from '../../../../miniapp/src/texts/zh-CN';
import type { Journey } from '../../client';

export type SeenJourney = NonNullable<Journey['seen']>;
type Command = SeenJourney['allowed'][number];

/** A screen of the mini-program, without fields and pictures. */
export interface PhoneScreen {
  title: string;
  result?: 'success' | 'failure' | 'waiting';
  notices: { title?: string; text: string }[];
  lines: string[];
  rows: [label: string, value: string][];
  /** What comes next. */
  next?: string;
  buttons: string[];
}

interface Words {
  texts: PhoneTexts;
  /** A message of the api in the reader's language. */
  message: (code: string, chinese: string) => string;
}

/**
 * What the mini-program draws at a step, in its own words. test/console/journey-page.test.ts compares it with the mini-program, step by step: a
 * screen that is changed there has to be changed here.
 */
export function phoneScreen(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  const screen = screenAt(view, words);
  if (!view.consentsNeeded) return screen;
  return {
    ...screen,
    notices: [{ text: texts.consentChanged }, ...screen.notices],
    buttons: [texts.agree, ...screen.buttons],
  };
}

function screenAt(view: SeenJourney, words: Words): PhoneScreen {
  switch (view.step) {
    case 'closed':
      return entry(view, words);
    case 'face':
    case 'face-failed':
    case 'matter-face':
      return face(view, words);
    case 'bank-card':
      return bankCard(view, words);
    case 'portrait':
      return portrait(view, words);
    case 'to-dos':
      return toDos(view, words);
    case 'signing':
      return signing(view, words);
    case 'completed':
      return completed(view, words);
    case 'stuck':
      return stuck(view, words);
    case 'entry':
    case 'certificate-check':
    case 'face-start':
    case 'face-check':
    case 'bank-card-check':
    case 'signature-check':
    case 'working':
      return working(view, words);
  }
}

function noticesOf({ notices }: Pick<SeenJourney, 'notices'>, { message }: Words): PhoneScreen['notices'] {
  return notices.map(({ code, message: chinese }) => ({ text: message(code, chinese) }));
}

const may = ({ allowed }: SeenJourney, command: Command) => allowed.includes(command);
const time = (iso: string) => shanghaiMinute(new Date(iso));
/** Leaves out the buttons that are not there. */
const buttons = (...all: (string | false | undefined)[]) => all.filter((one) => typeof one === 'string');

function entry(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  return {
    title: texts.title,
    notices: noticesOf(view, words),
    lines: view.notices.length === 0 ? [texts.lastIsOver] : [],
    rows: [],
    next: texts.nextOfAny,
    buttons: [texts.viewToDos, texts.toWindow],
  };
}

function face(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  const { toDoId, onlyAtWindow, consentsGiven } = view;
  const hasFailed = view.step === 'face-failed';
  const isRepeated = hasFailed || consentsGiven.some(({ kind }) => kind === 'face-check');
  const online = toDoId ? texts.faceMatter : texts.faceWhat;
  return {
    title: hasFailed ? texts.faceFailedTitle : toDoId ? texts.matterFaceTitle : texts.faceTitle,
    ...(hasFailed && { result: 'failure' as const }),
    notices: hasFailed ? failures(view, words) : noticesOf(view, words),
    lines: [onlyAtWindow ? texts.faceAtWindow : online, ...attemptsLeft(view, texts)],
    rows: [],
    next: onlyAtWindow ? texts.next.atWindow : may(view, 'start-face') ? texts.next.face : undefined,
    buttons: buttons(
      may(view, 'start-face') && (isRepeated ? texts.tryAgain : texts.agreeAndVerify),
      view.hasFaceCheck && texts.iAmBack,
      onlyAtWindow && texts.goToWindow,
      may(view, 'decline') && (hasFailed || onlyAtWindow ? texts.back : texts.notNow),
      may(view, 'ask-in-person') && !onlyAtWindow && texts.toWindow,
      toDoId !== undefined && may(view, 'refuse') && texts.notMe,
    ),
  };
}

/** The kinds of failure, each with its advice; then other notices. */
function failures(view: SeenJourney, words: Words): PhoneScreen['notices'] {
  const known: Partial<Record<string, { title: string; advice: string }>> = words.texts.failures;
  const advised = view.notices.flatMap(({ code }) => {
    const failure = known[code];
    return failure ? [{ title: failure.title, text: failure.advice }] : [];
  });
  return [...advised, ...noticesOf({ notices: view.notices.filter(({ code }) => !known[code]) }, words)];
}

const cardFailures: readonly string[] = ['bank_card_mismatch', 'bank_card_unusable'];

function attemptsLeft({ attempts, step, notices }: SeenJourney, texts: PhoneTexts): string[] {
  const hasFailed = step === 'face-failed' || notices.some(({ code }) => cardFailures.includes(code));
  if (!attempts || !hasFailed) return [];
  return [fillIn(texts.attemptsLeft, { left: attempts.left, at: time(attempts.resetsAt) })];
}

function bankCard(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  if (view.notices.some(({ code }) => code === 'face_passed'))
    return {
      ...{ title: texts.passedTitle, result: 'success', notices: [], lines: [texts.passedWhat], rows: [] },
      ...{ next: texts.next.passed, buttons: [texts.goOn] },
    };
  return {
    title: texts.cardTitle,
    notices: noticesOf(view, words),
    lines: [texts.cardWhat, ...attemptsLeft(view, texts)],
    rows: [],
    next: view.hasPortrait ? texts.next['bank-card'] : texts.next.portrait,
    buttons: [texts.submitCard, texts.reEnter, texts.cardToWindow],
  };
}

function portrait(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  return {
    title: texts.portraitTitle,
    notices: noticesOf(view, words),
    lines: [view.hasPortrait ? texts.portraitWhat : texts.noPortrait],
    rows: [],
    next: texts.next.portrait,
    buttons: [texts.viewToDos, texts.reEnter],
  };
}

function toDos(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  const { refusal } = view;
  return {
    title: texts.toDosTitle,
    notices: noticesOf(view, words),
    lines: refusal ? [texts.refusalNext] : [],
    rows: refusal
      ? [
          [texts.refusalNumber, refusal.number],
          [texts.refusedAt, time(refusal.at)],
        ]
      : [],
    next: texts.next.toDos,
    buttons: [texts.refresh, texts.myRecords, texts.finish],
  };
}

function signing(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  const isOver = view.signing?.secondsLeft === 0;
  return {
    title: texts.signTitle,
    notices: noticesOf(view, words),
    lines: isOver ? [texts.timeIsOver] : [],
    rows: [],
    next: isOver ? undefined : texts.next.signing,
    buttons: isOver
      ? [texts.tryAgain, texts.notMe]
      : [texts.undo, texts.clear, texts.sideways, texts.confirm, texts.cancel, texts.notMe],
  };
}

function completed(view: SeenJourney, words: Words): PhoneScreen {
  const { texts } = words;
  const done = view.completed;
  return {
    title: texts.completedTitle,
    result: 'success',
    notices: noticesOf(view, words),
    lines: [texts.completedWhat],
    rows: done
      ? [
          [texts.evidenceNumber, done.evidenceNumber],
          [texts.settledAt.confirmed, time(done.confirmedAt)],
        ]
      : [],
    next: texts.next.completed,
    buttons: buttons(
      texts.backToToDos,
      view.toDoId !== undefined && texts.detailsTitle,
      texts.myRecords,
      texts.finish,
    ),
  };
}

function stuck(view: SeenJourney, words: Words): PhoneScreen {
  const { texts, message } = words;
  const { stuck: waiting, toDoId, caseNumber, attempts } = view;
  const titles: Partial<Record<string, string>> & { others: string } = texts.stuckTitles;
  const isLockedOut = waiting?.cause === 'locked-out';
  const askedAt = isLockedOut ? waiting.attemptsAskedAt : undefined;
  // The title says it.
  const notices = view.notices.filter(({ code }) => code !== 'attempts_used_up');
  return {
    title: titles[waiting?.cause ?? ''] ?? titles.others,
    result: 'waiting',
    notices: [
      ...noticesOf({ notices }, words),
      ...(askedAt ? [{ text: fillIn(texts.attemptsAsked, { at: time(askedAt) }) }] : []),
    ],
    lines: waiting
      ? [isLockedOut ? texts.lockedOutWhat : message(`stuck_${waiting.cause}`, waiting.message)]
      : [],
    rows: rowsOfWaiting({ waiting, attempts, caseNumber }, texts),
    next: texts.next.stuck,
    buttons: buttons(
      isLockedOut && !askedAt && texts.askForAttempts,
      texts.refresh,
      may(view, 'back') && texts.backToToDos,
      may(view, 'go-online') && texts.backOnline,
      may(view, 'ask-in-person') && texts.toWindow,
      toDoId !== undefined && may(view, 'refuse') && texts.notMe,
      texts.giveUp,
    ),
  };
}

function rowsOfWaiting(
  {
    waiting,
    attempts,
    caseNumber,
  }: {
    waiting: SeenJourney['stuck'];
    attempts: SeenJourney['attempts'];
    caseNumber: string | undefined;
  },
  texts: PhoneTexts,
): PhoneScreen['rows'] {
  if (!waiting) return [];
  const { cause, since, until } = waiting;
  return [
    [texts.stuckSince, time(since)],
    ...(cause === 'locked-out' && attempts
      ? ([[texts.attemptsResetAt, time(attempts.resetsAt)]] as PhoneScreen['rows'])
      : []),
    ...(until ? ([[texts.stuckUntil, time(until)]] as PhoneScreen['rows']) : []),
    ...(caseNumber ? ([[texts.caseNumber, groupDigits(caseNumber)]] as PhoneScreen['rows']) : []),
  ];
}

function groupDigits(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

function working({ step }: SeenJourney, { texts }: Words): PhoneScreen {
  const at: Partial<Record<string, string>> = texts.workingAt;
  return {
    ...{ title: at[step] ?? texts.working, result: 'waiting' },
    ...{ notices: [], lines: [], rows: [], next: texts.next.working, buttons: [] },
  };
}
