/**
 * A model of an application with two versions and three persons. It follows the design and shares no code with the product: no
 * database, no locks, one action after another. Times are days after the push of the first version.
 */

export type Version = 1 | 2;
export type Who = 0 | 1 | 2;

/** The first day, and a day on which everything that was pushed on the first has expired. */
export type Day = 0 | 31;

export type Action =
  | { do: 'sign'; version: Version; who: Who; day: Day }
  | { do: 'refuse'; version: Version; who: Who }
  | { do: 'ask-re-issue'; version: Version; who: Who }
  | { do: 'look'; version: Version; day: Day }
  | { do: 'withdraw'; version: Version }
  | { do: 'push'; day: Day }
  /** The review of the flag on a signature of this version, also where the signature was carried over since. */
  | { do: 'review-flag'; version: Version; who: Who; verdict: 'cleared' | 'upheld' };

export interface Setting {
  /** Persons with a reported attack: their signatures are flagged. */
  attacked: readonly boolean[];
  /** Persons whose text differs in the second version. */
  changed: readonly boolean[];
}

interface Row {
  state: string;
  /** The version in which it was signed. */
  evidence?: { version: Version; day: Day };
  hasAsked?: true;
}

interface Flag {
  version: Version;
  who: Who;
  verdict?: 'cleared' | 'upheld';
}

interface Matter {
  state: string;
  pushed: Day;
  rows: Row[];
  callbacks: string[];
}

export interface Application {
  matters: Partial<Record<Version, Matter>>;
  flags: Flag[];
}

const WHO: readonly Who[] = [0, 1, 2];
const SETTLED = ['confirmed', 'carried'];

export function pushed(): Application {
  return {
    matters: {
      1: matterOf(
        0,
        WHO.map(() => ({ state: 'pending' })),
      ),
    },
    flags: [],
  };
}

function matterOf(day: Day, rows: Row[]): Matter {
  return { state: 'open', pushed: day, rows, callbacks: [] };
}

/** Applies one action to `application`. @returns the answer to the caller */
export function apply(application: Application, action: Action, setting: Setting): string {
  const { matters, flags } = application;
  if (action.do === 'push') return push(application, action.day, setting);
  const matter = matters[action.version];
  if (!matter) return 'unknown';
  switch (action.do) {
    case 'look':
      return look(application, action.version, action.day);
    case 'withdraw':
      if (matter.state === 'open') end(matter, 'withdrawn', 'void');
      return matter.state;
    case 'sign': {
      const row = matter.rows[action.who]!;
      const isOpen = matter.state === 'open' && action.day < matter.pushed + 30;
      if (row.state !== 'pending' || !isOpen) return 'not-signable';
      row.state = 'confirmed';
      row.evidence = { version: action.version, day: action.day };
      matter.callbacks.push(`confirmation.confirmed ${action.who}`);
      if (setting.attacked[action.who]) flags.push({ version: action.version, who: action.who });
      return 'confirmed';
    }
    case 'refuse': {
      const reached = refuse(application, action.version, action.who);
      return reached.length > 0 ? `refused in ${reached.join()}` : 'not refused';
    }
    case 'ask-re-issue': {
      const row = matter.rows[action.who]!;
      // On the eighth day, a push of the first day is no longer listed.
      const isDue = matter.pushed === 0 && row.state === 'pending' && matter.state === 'open';
      if (!isDue || row.hasAsked) return 'not asked';
      row.hasAsked = true;
      matter.callbacks.push(`reissue.requested ${action.who}`);
      return 'asked';
    }
    case 'review-flag': {
      const flag = flags.find(({ version, who }) => version === action.version && who === action.who);
      if (!flag) return 'unknown';
      if (flag.verdict) return 'reviewed before';
      flag.verdict = action.verdict;
      const reached = action.verdict === 'upheld' ? refuse(application, action.version, action.who) : [];
      return `reviewed, ${reached.join() || placeOf(application, flag)}`;
    }
  }
}

function look(application: Application, version: Version, day: Day): string {
  const matter = application.matters[version]!;
  const states = matter.rows.map(({ state }) => state);
  const isRefused = states.includes('refused');
  const haveAllSigned = states.every((state) => SETTLED.includes(state));
  const isHeld = application.flags.some((flag) => !flag.verdict && placeOf(application, flag) === version);
  if (matter.state === 'confirmed' && isRefused) decide(matter, 'frozen', 'void');
  else if (matter.state === 'open' && isRefused) decide(matter, 'refused', 'void');
  else if (matter.state === 'open' && haveAllSigned && !isHeld) decide(matter, 'confirmed', 'void');
  else if (matter.state === 'open' && !haveAllSigned && day >= matter.pushed + 30)
    decide(matter, 'expired', 'expired');
  return matter.state;
}

function decide(matter: Matter, state: string, pending: string): void {
  end(matter, state, pending);
  matter.callbacks.push(`matter.${state}`);
}

function end(matter: Matter, state: string, pending: string): void {
  matter.state = state;
  for (const row of matter.rows) if (row.state === 'pending') row.state = pending;
}

function push(application: Application, day: Day, { changed }: Setting): string {
  const { 1: first, 2: second } = application.matters;
  if (!first || second) return 'repeated';
  const state = look(application, 1, day);
  const isLive = state === 'open' || state === 'confirmed';
  const rows = WHO.map((who): Row => {
    const { state: before, evidence } = first.rows[who]!;
    const isFresh = evidence !== undefined && day < evidence.day + 30;
    if (!isLive || changed[who] || !isFresh || !SETTLED.includes(before)) return { state: 'pending' };
    return { state: 'carried', evidence };
  });
  if (isLive) end(first, 'superseded', 'void');
  application.matters[2] = matterOf(day, rows);
  return 'created';
}

/** @returns the versions in which something was refused */
function refuse({ matters }: Application, version: Version, who: Who): Version[] {
  const row = matters[version]?.rows[who];
  if (!row) return [];
  return ([1, 2] as const).filter((at) => {
    const other = matters[at]?.rows[who];
    const isSame = at === version || (row.evidence && row.evidence.version === other?.evidence?.version);
    if (!other || !isSame || !['pending', ...SETTLED].includes(other.state)) return false;
    other.state = 'refused';
    matters[at]!.callbacks.push(`confirmation.refused ${who}`);
    return true;
  });
}

/** The newest version that has the flagged signature. */
function placeOf({ matters }: Application, { version, who }: Flag): Version {
  const carried = matters[2]?.rows[who];
  return carried?.evidence?.version === version ? 2 : version;
}
