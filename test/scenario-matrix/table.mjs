// Document type × outcome × route: where each journey ends, what stands in the attempt ledger and in the history then.

/** @import { DocumentType } from '../../domain/documents.ts' */

/** Documents that are checked online. Only the resident ID has a check of its holder, and of a bank card. @type {DocumentType[]} */
const online = [
  'resident-id',
  'hmt-residence-permit',
  'hk-macau-travel-permit',
  'taiwan-travel-permit',
  'foreign-permanent-resident-id',
];
/** @type {DocumentType[]} */
const residents = ['resident-id'];
/** @type {DocumentType[]} */
const passports = ['overseas-chinese-passport', 'foreign-passport'];

const face = 'start-face report-face';
const verified = `enter ${face} submit-card confirm-portrait`;
const accepted = 'propose review';
const used = `enter ${face} ${face} ${face}`;

// Ledger: C certificate, F first face, B bank card, M face of the matter, W asked for the window; + passed, - failed, ~ refunded. What only the resident ID
// has is left out for the others.
/** @type {[scenario: string, documents: DocumentType[], ends: string, confirmation: string, ledger: string, history: string][]} */
const scenarios = [
  ['happy', online, 'closed', 'confirmed', 'C+ F+ B+ M+', `${verified} confirm ${face} sign close`],
  [
    'portrait-not-archived',
    residents,
    'completed',
    'confirmed',
    'C+ F+ B+ M+',
    `${verified} confirm ${face} sign`,
  ],
  ['filled-in', residents, 'to-dos', 'pending', 'C+ F+ B+', verified],
  ['not-filled-in', residents, 'to-dos', 'pending', 'C+ F+ B+', verified],
  [
    'poor-light',
    online,
    'to-dos',
    'pending',
    'C+ F- F+ B+',
    `enter ${face} ${face} submit-card confirm-portrait`,
  ],
  ['no-reason', online, 'closed', 'pending', 'C+ F-', `enter ${face} decline`],
  ['attack', online, 'closed', 'pending', 'C+ F-', `enter ${face} decline`],
  [
    'left-and-back',
    online,
    'to-dos',
    'pending',
    'C+ F+ B+',
    `enter ${face} report-face submit-card confirm-portrait`,
  ],
  [
    'expired',
    online,
    'to-dos',
    'pending',
    'C+ F~ F+ B+',
    `enter ${face} ${face} submit-card confirm-portrait`,
  ],
  [
    'service-trouble',
    online,
    'to-dos',
    'pending',
    'C+ F~ F+ B+',
    `enter ${face} ${face} submit-card confirm-portrait`,
  ],
  ['locked-out', online, 'stuck locked-out', 'pending', 'C+ F- F- F-', used],
  [
    'attempts-granted',
    online,
    'to-dos',
    'pending',
    'C+ F- F- F- F+ B+',
    `${used} decide ${face} submit-card confirm-portrait`,
  ],
  ['no-photo-on-record', online, 'to-dos', 'pending', 'C+ F~', `enter ${face} ${accepted}`],
  [
    'undecidable',
    online,
    'to-dos',
    'pending',
    'C+ F~ F+ B+',
    `enter ${face} decide ${face} submit-card confirm-portrait`,
  ],
  ['unknown-reason', online, 'closed', 'pending', 'C+ F~', `enter ${face} decide`],
  ['contract-refused', online, 'closed', 'pending', 'C+ F~', 'enter start-face decide'],
  ['no-picture', online, 'completed', 'confirmed', 'C+ F+ B+ M+', `${verified} confirm ${face} sign`],
  [
    'window-and-back',
    online,
    'to-dos',
    'pending',
    'C+ W~ F+ B+',
    `enter ask-in-person go-online ${face} submit-card confirm-portrait`,
  ],
  [
    'signed-on-paper',
    online,
    'completed',
    'confirmed',
    'C+ F+ B+',
    `${verified} confirm ask-in-person ${accepted}`,
  ],
  ['not-me', online, 'to-dos', 'refused', 'C+ F+ B+', `${verified} refuse`],
  ['cancelled', online, 'to-dos', 'pending', 'C+ F+ B+ M+', `${verified} confirm ${face} cancel`],
  [
    'too-late',
    residents,
    'completed',
    'confirmed void',
    'C+ F+ B+ M+',
    `${verified} ask-re-issue ask-re-issue confirm ${face} sign`,
  ],
  ['invited', residents, 'completed', 'confirmed', 'C+ F+ B+ M+', `${verified} confirm ${face} sign`],
  ['re-entered', online, 'closed', 'pending', 'C+ F+ B+', `enter ${face} submit-card re-enter`],
  ['declined', online, 'closed', 'pending', 'C+', 'enter decline'],
  [
    'gateway-down',
    residents,
    'closed',
    'confirmed',
    'C+ F+ B+ M+',
    `${verified} confirm start-face decide ${face} sign close`,
  ],
  ['not-the-holder', residents, 'closed', 'pending', 'C-', 'enter'],
  [
    'name-corrected',
    residents,
    'to-dos',
    'pending',
    'C- C+ F+ B+',
    `enter ${accepted} ${face} submit-card confirm-portrait`,
  ],
  [
    'wrong-card',
    residents,
    'to-dos',
    'pending',
    'C+ F+ B- B+',
    `enter ${face} submit-card submit-card confirm-portrait`,
  ],
  [
    'cards-used-up',
    residents,
    'stuck locked-out',
    'pending',
    'C+ F+ B- B-',
    `enter ${face} submit-card submit-card`,
  ],
  [
    'card-undecidable',
    residents,
    'to-dos',
    'pending',
    'C+ F+ B~ B+',
    `enter ${face} submit-card decide submit-card confirm-portrait`,
  ],
  [
    'card-unknown-detail',
    residents,
    'to-dos',
    'pending',
    'C+ F+ B~',
    `enter ${face} submit-card ${accepted}`,
  ],
  ['no-check-online', passports, 'to-dos', 'pending', 'W~', `enter ${accepted}`],
  [
    'window',
    [...online, ...passports],
    'completed',
    'confirmed',
    'W~',
    `enter ${accepted} confirm ask-in-person ${accepted}`,
  ],
  ['by-post', [...online, ...passports], 'closed', 'confirmed', 'W~', `enter ${accepted}`],
  [
    'declined-by-second-clerk',
    [...online, ...passports],
    'stuck in-person',
    'pending',
    'W~',
    `enter ${accepted}`,
  ],
  ['window-rejected', [...online, ...passports], 'closed', 'pending', 'W~', 'enter decide'],
  ['window-given-up', [...online, ...passports], 'closed', 'pending', 'W~', 'enter close'],
  ['without-phone', [...online, ...passports], 'closed', 'confirmed', '', `enter ${accepted}`],
];

/** One row for each document and scenario. @typedef {(typeof rows)[number]} Row */
export const rows = scenarios.flatMap(([scenario, documents, ends, confirmation, ledger, history]) =>
  documents.map((document) => {
    /** @param {string} text */
    const keep = (text) =>
      text
        .split(' ')
        .filter((part) => part && (document === 'resident-id' || !/^([CB][+~-]|submit-card)$/.test(part)))
        .join(' ');
    return { scenario, document, ends, confirmation, ledger: keep(ledger), history: keep(history) };
  }),
);
