import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentTypeNames } from '../../domain/documents';
import { consentKinds } from '../../domain/consents';
import { matterKindNames, roleNames } from '../../domain/roles';
import { en } from '../../miniapp/src/texts/en';
import { serverMessagesInEnglish } from '../../miniapp/src/texts/server-messages.en';
import { zhCN } from '../../miniapp/src/texts/zh-CN';
import { userMessages, stuckMessages } from '../../texts/user-messages';
import { readLegalTexts } from '../../texts/legal-texts';
import { support } from '../../texts/support';

// Messages for clerks and registration systems only.
const forOthers = [
  'sign_in_refused',
  'request_not_verified',
  'nonce_replayed',
  'authority_not_permitted',
  'not_your_right',
  'csrf_missing',
  'not_on_oneself',
  'version_conflict',
  'matter_not_open',
  'flag_reviewed',
  'not_for_this_cause',
  'grant_limit_reached',
  'needs_second_clerk',
  'proposal_pending',
  'proposal_unknown',
  'proposal_expired',
  'not_the_reviewer',
  'login_taken',
  'sign_in_later',
  'password_change_required',
  'needs_another_admin',
  'act_not_pending',
  'act_not_yet',
  'password_wrong',
  'no_reviewer',
  'content_type_unsupported',
  'document_not_as_named',
  'document_unsupported',
];

test('every message of the API to persons has its English, and there is no other', () => {
  const expected = [
    ...Object.keys(userMessages).filter((code) => !forOthers.includes(code)),
    ...Object.keys(stuckMessages).map((cause) => `stuck_${cause}`),
    ...documentTypeNames.map((type) => `document_${type}`),
    ...matterKindNames.map((kind) => `kind_${kind}`),
    ...roleNames.map((role) => `role_${role}`),
    ...consentKinds.map((kind) => `title_${kind}`),
  ];
  expect(Object.keys(serverMessagesInEnglish).sort()).toEqual(expected.sort());
});

const blanks = (catalogue: object) =>
  JSON.stringify(catalogue, (_, value: unknown) =>
    typeof value === 'string'
      ? [...value.matchAll(/\{\w+\}/g)]
          .sort()
          .map(([blank]) => blank.slice(1, -1))
          .join(' ')
      : value,
  );

test('both catalogues have the same placeholders', () => {
  expect(blanks(en)).toBe(blanks(zhCN));
});

test('Chinese texts stand in the catalogue, not in the screens', () => {
  const sources = join(__dirname, '../../miniapp/src');
  const screens = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  const spoken = screens.filter((file) => {
    const code = readFileSync(join(sources, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    return /\p{sc=Han}{2}/u.test(code);
  });
  expect(screens.length).toBeGreaterThan(20);
  expect(spoken).toEqual([]);
});

test('the reference translation of what signing means is of the version that is shown', () => {
  const { version = '' } = readLegalTexts().get('liability') ?? {};
  expect(en.liabilityReference).toContain(`version ${version}.`);
});

test('every question is answered in both languages', () => {
  const { 'zh-CN': chinese, en: english } = support;
  expect(english.questions.length).toBe(chinese.questions.length);
  expect(english.howTo.length).toBe(chinese.howTo.length);
  const untold = english.questions.filter(({ question, answer }) =>
    /\p{sc=Han}{20}/u.test(question + answer),
  );
  expect(untold).toEqual([]);
});
