/** The commands of the demo's journey, in order, as the phone names them. */
const COMMANDS = [
  'entry',
  'face-checks',
  'result',
  'bank-card-checks',
  'portrait-review',
  'confirmation',
  'face-checks-2',
  'result-2',
  'signature',
  'close',
];

const PROCESSES = /** @type {const} */ (['worker', 'api', 'database', 'temporal']);

/** Which command makes which call to Alipay. @type {[command: string, method: string][]} */
const VENDOR_CALLS = [
  ['sign-in', 'alipay.system.oauth.token'],
  ['entry', 'alipay.user.certdoc.certverify.preconsult'],
  ['entry', 'alipay.user.certdoc.certverify.consult'],
  ['face-checks', 'alipay.user.certify.open.initialize'],
  ['result', 'alipay.user.certify.open.query'],
  ['bank-card-checks', 'datadigital.fincloud.generalsaas.bankcard.check'],
  ['face-checks-2', 'alipay.user.certify.open.initialize'],
  ['result-2', 'alipay.user.certify.open.query'],
  ['signature', 'alipay.open.app.mini.templatemessage.send'],
];

const VENDOR_MODES = [
  'down',
  'slow',
  '500',
  'garbage',
  'unsigned',
  'wrong-signature',
  'lost-reply',
  'unavailable',
];

/** So many journeys are under way while a process is told to stop. */
export const IN_FLIGHT = 50;

const CALLBACK_MODES = ['down', '500', 'lost-reply', 'no-ack'];

/** @typedef {{ row: string, column: string }} Cell where the case is in the matrix */
/** @typedef {Cell & { kind: 'kill', name: (typeof PROCESSES)[number], command: string }} Kill */
/** @typedef {Cell & { kind: 'stop', name: 'worker' | 'api' }} Stop */
/** @typedef {Cell & { kind: 'vendor', command: string, method: string, mode: string, times?: number }} VendorFault */
/** @typedef {Cell & { kind: 'callback', command: string, mode: string, times: number }} CallbackFault */
/** @typedef {Kill | Stop | VendorFault | CallbackFault} Case */

/**
 * Each process killed at each command; each vendor misbehaviour at each vendor call, once and until a clerk decides.
 * @returns {Case[]}
 */
export function allCases() {
  const stoppable = /** @type {const} */ (['worker', 'api']);
  return [
    ...PROCESSES.flatMap((name) =>
      COMMANDS.map((command) =>
        oneCase({ kind: 'kill', row: `kill ${name}`, column: command, name, command }),
      ),
    ),
    ...stoppable.map((name) =>
      oneCase({ kind: 'stop', row: `stop ${name}`, column: `${IN_FLIGHT} journeys`, name }),
    ),
    ...VENDOR_CALLS.flatMap(([command, method]) =>
      modesFor(command).map(({ mode, times }) =>
        oneCase({
          kind: 'vendor',
          row: times ? `${mode} once` : mode,
          column: method.split('.').slice(-2).join('.') + (command.endsWith('-2') ? ' (matter)' : ''),
          ...{ command, method, mode, times },
        }),
      ),
    ),
    ...CALLBACK_MODES.map((mode) =>
      oneCase({
        ...{ kind: 'callback', row: `${mode} twice`, column: 'callback' },
        ...{ command: 'signature', mode, times: 2 },
      }),
    ),
  ];
}

/** Gives a case its type. @param {Case} one */
const oneCase = (one) => one;

/**
 * @param {string} command
 * @returns {{ mode: string, times?: number }[]}
 */
function modesFor(command) {
  const once = [...VENDOR_MODES, 'duplicate'].map((mode) => ({ mode, times: 1 }));
  // A failed sign-in or message makes no journey stuck: the phone itself repeats a sign-in.
  return command === 'sign-in' || command === 'signature'
    ? once
    : [...once, ...VENDOR_MODES.map((mode) => ({ mode }))];
}

/** A few of each kind, for every run of the tests. @param {Case[]} cases */
export function shortCut(cases) {
  const wanted = [
    ['kill worker', 'bank-card-checks'],
    ['kill worker', 'signature'],
    ['kill api', 'entry'],
    ['kill database', 'signature'],
    ['kill temporal', 'confirmation'],
    ['stop worker', `${IN_FLIGHT} journeys`],
    ['stop api', `${IN_FLIGHT} journeys`],
    ['lost-reply once', 'bankcard.check'],
    ['lost-reply once', 'open.initialize'],
    ['lost-reply once', 'oauth.token'],
    ['unsigned', 'open.query (matter)'],
    ['slow once', 'templatemessage.send'],
    ['lost-reply twice', 'callback'],
  ];
  return cases.filter(({ row, column }) => wanted.some(([of, at]) => of === row && at === column));
}
