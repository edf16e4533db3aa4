import { doubtAbout } from './evidence';
import type { Claim, EvidenceDoubt, EvidenceStatement } from './evidence';
import { textShownTo } from './matter';
import type { Signature } from './signature';

const textHash = 'a'.repeat(64);
const document = { type: 'resident-id', number: '110101190001010014' };
const signature: Signature = {
  strokes: [Array.from({ length: 20 }, (_, at) => [at * 10, (at % 2) * 100, at * 16])],
  width: 600,
  height: 300,
};
const check = (purpose: EvidenceStatement['checks'][0]['purpose'], certifyId: string | null) => ({
  ...{ purpose, certifyId, orderNo: `order-${purpose}` },
  ...{ portraitHash: null, score: null, passedAt: '2026-03-01T00:00:00.000Z' },
});
const [first, card, second] = [
  check('identity-face', 'certify-1'),
  check('bank-card', null),
  check('matter-face', 'certify-2'),
];
const accepted: EvidenceStatement['accepted'][0] = {
  kind: 'on-site',
  paperHash: 'f'.repeat(64),
  proposedBy: 'c-1',
  approvedBy: 'c-2',
  approvedAt: '2026-03-01T00:00:00.000Z',
  of: 'person',
};

const byFace: EvidenceStatement = {
  format: 2,
  salt: 'c2FsdA',
  kind: 'face',
  number: '20260301-ABC',
  matter: {
    ...{ registry: 'r', externalId: 'M-1', version: 1, textHash },
    text: textShownTo(
      {
        ...{ version: 1, authority: '110105', kind: 'change', entity: { name: '北京试验有限公司' } },
        ...{ sections: [], documents: [], persons: [] },
      },
      { name: '试验甲', document, roles: ['director', 'shareholder'] },
    ),
  },
  person: { name: '试验甲', documentType: 'resident-id', number: '110101190001010014' },
  ...{ reference: 'P-1', consents: [], flags: [], accepted: [], signature },
  terms: { version: '2026-3', textHash: 'e'.repeat(64) },
  checks: [first, card, second],
  signedAt: '2026-03-01T00:00:00.000Z',
};
const claim: Claim = {
  matter: { registry: 'r', externalId: 'M-1', version: 1 },
  person: { ...document, matchKey: '试验甲' },
  roles: ['shareholder'],
  textHash,
};
const onPaper: EvidenceStatement = {
  ...{ ...byFace, kind: 'on-site', checks: [], signature: undefined, paperHash: 'f'.repeat(64) },
};
const acceptance = { kind: 'on-site', paperHash: 'f'.repeat(64), clerk: 'c-1', reviewer: 'c-2' } as const;
const permit = { type: 'hk-macau-travel-permit', number: 'H1234567801', matchKey: '试验甲' } as const;

type Row = [string, EvidenceDoubt | undefined, Partial<EvidenceStatement>, Partial<Claim>?];

// jest would put a callback where a row has no fourth part.
const whole = (rows: Row[]) =>
  rows.map(([what, doubt, statement, of = {}]) => [what, doubt, statement, of] as const);

describe('by face and hand', () => {
  it.each(
    whole([
      ['two face checks, a bank card and a signature', undefined, {}],
      [
        'clerks who accepted the person, and the second check',
        undefined,
        { checks: [second], accepted: [accepted] },
      ],
      ['another format', 'evidence_unreadable', { format: 3 as 1 }],
      ['another matter', 'evidence_of_another', {}, { matter: { ...claim.matter, externalId: 'M-2' } }],
      ['another version', 'evidence_of_another', {}, { matter: { ...claim.matter, version: 2 } }],
      [
        'another number',
        'evidence_of_another',
        { person: { ...byFace.person, number: '11010119001111006X' } },
      ],
      ['another name', 'evidence_of_another', { person: { ...byFace.person, name: '试验乙' } }],
      ['another country', 'evidence_of_another', { person: { ...byFace.person, issuingCountry: 'FRA' } }],
      ['another type', 'evidence_of_another', {}, { person: { ...claim.person, type: 'foreign-passport' } }],
      ['a hash that is not the row’s', 'evidence_text_differs', {}, { textHash: 'b'.repeat(64) }],
      ['a role that was not shown', 'evidence_roles_missing', {}, { roles: ['shareholder', 'manager'] }],
      ['no first check', 'evidence_checks_missing', { checks: [card, second] }],
      ['no second check', 'evidence_checks_missing', { checks: [first, card] }],
      ['no bank card', 'evidence_checks_missing', { checks: [first, second] }],
      [
        'one check twice',
        'evidence_checks_missing',
        { checks: [first, card, { ...second, certifyId: 'certify-1' }] },
      ],
      [
        'a check that the vendor gave no id',
        'evidence_checks_missing',
        { checks: [first, card, { ...second, certifyId: null }] },
      ],
      ['clerks alone', 'evidence_checks_missing', { checks: [], accepted: [accepted] }],
      [
        'one clerk',
        'evidence_checks_missing',
        { checks: [second], accepted: [{ ...accepted, approvedBy: 'c-1' }] },
      ],
      ['no signature', 'evidence_unsigned', { signature: undefined }],
      ['no terms', 'evidence_unsigned', { terms: undefined }],
      ['no terms, before there were any', undefined, { format: 1, terms: undefined }],
      ['a tick', 'evidence_unsigned', { signature: { ...signature, strokes: [[[0, 0, 0]]] } }],
    ]),
  )('%s: %s', (_, doubt, statement, of) => {
    expect(doubtAbout({ ...byFace, ...statement }, textHash, { ...claim, ...of })).toBe(doubt);
  });

  it('a text that does not have its hash differs', () => {
    expect(doubtAbout(byFace, 'b'.repeat(64), claim)).toBe('evidence_text_differs');
  });

  it('a document that was replaced is the same person’s, and one without a bank card check needs none', () => {
    const person = { ...byFace.person, documentType: permit.type, number: 'H1234567802' };
    const statement = { ...byFace, person, checks: [first, second] };
    expect(doubtAbout(statement, textHash, { ...claim, person: permit })).toBeUndefined();
  });
});

describe('on paper', () => {
  it.each(
    whole([
      ['what two clerks accepted', undefined, {}, { acceptance }],
      ['what nobody accepted', 'evidence_not_accepted', {}],
      ['in another way', 'evidence_not_accepted', {}, { acceptance: { ...acceptance, kind: 'notarised' } }],
      ['of another paper', 'evidence_not_accepted', { paperHash: 'e'.repeat(64) }, { acceptance }],
      [
        'without a paper',
        'evidence_not_accepted',
        { paperHash: null },
        { acceptance: { ...acceptance, paperHash: null } },
      ],
      ['by one clerk', 'evidence_not_accepted', {}, { acceptance: { ...acceptance, reviewer: 'c-1' } }],
      [
        'without a second clerk',
        'evidence_not_accepted',
        {},
        { acceptance: { ...acceptance, reviewer: null } },
      ],
    ]),
  )('%s: %s', (_, doubt, statement, of) => {
    expect(doubtAbout({ ...onPaper, ...statement }, textHash, { ...claim, ...of })).toBe(doubt);
  });
});
