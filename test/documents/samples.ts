import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EvidenceStatement } from '../../domain/evidence';
import { roleNames } from '../../domain/roles';
import type { Point } from '../../domain/signature';
import type { DocumentSource } from '../../evidence/documents/document-source';
import { drawPortrait } from '../../sandbox/alipay/portrait';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Three invented characters, as a hand writes them: curves, with the times of the points. */
export function writtenSignature(): NonNullable<EvidenceStatement['signature']> {
  const strokes = [
    ...[0, 1, 2].flatMap((character) => {
      const x = 90 + character * 160;
      return [
        curve([x, 90], [x + 60, 70], [x + 110, 84]),
        curve([x + 56, 48], [x + 60, 150], [x + 40, 236]),
        curve([x + 52, 120], [x + 20, 180], [x - 14, 210]),
        curve([x + 60, 124], [x + 90, 190], [x + 132, 226]),
      ];
    }),
  ];
  let time = 0;
  const timed = strokes.map((stroke) => stroke.map(([x, y]): Point => [x, y, (time += 14)]));
  return { strokes: timed, width: 600, height: 300 };
}

type Place = [x: number, y: number];

function curve(from: Place, by: Place, to: Place): Place[] {
  return Array.from({ length: 22 }, (_, step) => {
    const at = step / 21;
    const mix = (axis: 0 | 1) =>
      from[axis] * (1 - at) ** 2 + 2 * by[axis] * at * (1 - at) + to[axis] * at ** 2 + Math.sin(step) * 0.8;
    return [Math.round(mix(0) * 10) / 10, Math.round(mix(1) * 10) / 10];
  });
}

const sections = [
  {
    title: '登记事项',
    fields: [
      { label: '住所', value: '北京市朝阳区沙箱路1号院2号楼3层301室' },
      { label: '注册资本', value: '人民币 1,000,000.00 元（认缴，2030年12月31日前缴足）' },
      {
        label: '经营范围',
        value:
          '一般项目：软件开发；信息系统集成服务；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广。（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）',
      },
    ],
  },
  {
    title: '股东（发起人）出资情况',
    fields: [
      { label: '沙箱甲', value: '认缴 600,000.00 元，出资比例 60%，货币出资' },
      { label: '𠅤沙箱', value: '认缴 400,000.00 元，出资比例 40%，货币出资' },
    ],
  },
];

/** The evidence of an invented person. */
export function sampleStatement(changes: Partial<EvidenceStatement> = {}): EvidenceStatement {
  return {
    format: 1,
    salt: 'AAAAAAAAAAAAAAAAAAAAAA',
    kind: 'face',
    number: '20261127-7KMQ4XWD2P',
    matter: {
      registry: 'sample-registry',
      externalId: 'BJ-2026-000123',
      version: 2,
      textHash: hash('text'),
      text: {
        authority: '110105',
        kind: 'establishment',
        entity: { name: '北京沙箱样例科技有限公司', uscc: '91110105MA00000008' },
        sections,
        documents: [
          { name: '公司章程', sha256: hash('章程') },
          { name: '股东会关于设立公司、选举董事和监事的决议', sha256: hash('决议') },
        ],
        person: {
          name: '沙箱甲',
          documentType: 'resident-id',
          roles: ['legal-representative', 'shareholder'],
        },
      },
    },
    person: { name: '沙箱甲', documentType: 'resident-id', number: '110105190002031015' },
    reference: 'P-1',
    terms: { version: '2026-3', textHash: hash('terms') },
    consents: [
      {
        kind: 'personal-information',
        version: '2026-2',
        textHash: hash('1'),
        givenAt: '2026-11-27T05:58:11.000Z',
      },
      { kind: 'face-check', version: '2026-2', textHash: hash('2'), givenAt: '2026-11-27T05:58:11.000Z' },
      {
        kind: 'bank-card-check',
        version: '2026-2',
        textHash: hash('3'),
        givenAt: '2026-11-27T06:00:40.000Z',
      },
    ],
    checks: [
      {
        purpose: 'certificate',
        orderNo: hash('a').slice(0, 32),
        certifyId: null,
        portraitHash: null,
        score: null,
        passedAt: '2026-11-27T05:58:14.000Z',
      },
      {
        purpose: 'identity-face',
        orderNo: hash('b').slice(0, 32),
        certifyId: hash('c').slice(0, 32),
        portraitHash: hash('p1'),
        score: 96.5,
        passedAt: '2026-11-27T05:59:20.000Z',
      },
      {
        purpose: 'bank-card',
        orderNo: hash('d').slice(0, 32),
        certifyId: null,
        portraitHash: null,
        score: null,
        passedAt: '2026-11-27T06:00:44.000Z',
      },
      {
        purpose: 'matter-face',
        orderNo: hash('e').slice(0, 32),
        certifyId: hash('f').slice(0, 32),
        portraitHash: hash('p2'),
        score: 97,
        passedAt: '2026-11-27T06:04:02.000Z',
      },
    ],
    flags: [],
    accepted: [],
    signature: writtenSignature(),
    signedAt: '2026-11-27T06:05:09.000Z',
    ...changes,
  };
}

/** With everything that has to fit: a name of 50 characters, 20 roles' worth of text, and sections of 500 words. */
export function longStatement(): EvidenceStatement {
  const plain = sampleStatement();
  const name = `买买提·吐尔逊·${'阿卜杜热合曼'.repeat(8)}`.slice(0, 50);
  const long = sections[0]!.fields[2]!.value.repeat(7);
  const text = {
    ...plain.matter.text,
    entity: { name: `北京沙箱${'㐂䶮𠮷'.repeat(6)}样例信息科技股份有限公司` },
    sections: [
      ...sections,
      {
        title: '其他约定',
        fields: [
          { label: '补充说明', value: `${long}\n第二段：${long}` },
          { label: '备注', value: long },
        ],
      },
      {
        title: '附记',
        fields: Array.from({ length: 12 }, (_, at) => ({
          label: `第 ${at + 1} 项`,
          value: long.slice(0, 60 + at * 20),
        })),
      },
    ],
    person: { name, documentType: 'foreign-permanent-resident-id', roles: [...roleNames].sort() },
  };
  return {
    ...plain,
    person: {
      name,
      documentType: 'foreign-permanent-resident-id',
      number: 'KAZ110019003045',
      validUntil: '2031-05-06',
    },
    matter: { ...plain.matter, text },
  };
}

/** A JPEG of 48 × 32 pixels: blue, with a red square in the corner where its rows and columns begin. */
export const cornered = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEExNDk7',
    'Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQEBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7',
    'Ozs7Ozs7Ozv/wAARCAAgADADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA',
    'FgEBAQEAAAAAAAAAAAAAAAAAAAcF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AjWCrACdW5GgAAFEiKygJ1bka',
    'AAAAAAAAAAAAAAAf/9k=',
  ].join(''),
  'base64',
);

export function sourceOf(
  statement: EvidenceStatement,
  changes: Partial<DocumentSource> = {},
): DocumentSource {
  const json = canonicalize(statement) ?? '';
  return {
    statement,
    json,
    sha256: hash(json),
    submittedAt: new Date('2026-11-26T02:30:00Z'),
    authorityName: '北京市朝阳区市场监督管理局（演示）',
    portrait: { image: drawPortrait('sample', 'sample'), mediaType: 'image/png' },
    verification: { publicUrl: 'https://rid.example.gov.cn', code: 'K7QX-M2PD-9WFT-4HCB' },
    ...changes,
  };
}
