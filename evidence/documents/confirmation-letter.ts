import type { EvidenceStatement } from '../../domain/evidence';
import { matterKinds } from '../../domain/roles';
import type { DocumentSource } from './document-source';
import type { Fonts } from './fonts';
import { beginPaper, LEFT, MM, WIDTH } from './paper';
import type { Paper } from './paper';
import { drawQrCode } from './qr-code';
import { drawSignature } from './signature-drawing';
import {
  acceptanceNames,
  checkNames,
  consentName,
  countryName,
  documentTypeName,
  methodOf,
  noteOf,
  roleNamesOf,
  secondOf,
} from './words';

const TITLE = '业务确认书';
const LABEL = 34 * MM;
const SMALL = 8.5;

/**
 * 《业务确认书》: what a person confirmed, in words. PDF/A-3b, since the evidence itself is attached as evidence.json.
 */
export function writeConfirmationLetter(fonts: Fonts, source: DocumentSource, madeAt: Date): Paper {
  const { statement, sha256 } = source;
  const paper = beginPaper(fonts, { title: TITLE, standard: 'PDF/A-3b', madeAt });
  const signedAt = new Date(statement.signedAt);

  paper.paragraph(`存证编号 Evidence No.：${statement.number}`, { size: 9 });
  paper.y += 8 * MM;
  paper.paragraph(TITLE, { size: 22, weight: 'bold', align: 'center' });
  paper.paragraph('Confirmation of a Registration Matter', { size: 9, align: 'center', isGrey: true });
  paper.y += 5 * MM;
  const how = statement.signature
    ? `于${secondOf(signedAt)}手写签字`
    : `在纸质材料上签字，于${secondOf(signedAt)}经两名工作人员认定`;
  paper.paragraph(
    `\u3000\u3000下列确认人已通过身份认证，阅读了下列登记注册业务的全部内容，确认属实，并${how}。`,
  );

  writePerson(paper, source);
  writeText(paper, source);
  writeConsents(paper, source);
  writeChecks(paper, source);
  writeSignature(paper, source, signedAt);
  writeEvidence(paper, source);
  writeNotes(paper);

  paper.doc.file(Buffer.from(source.json), {
    name: 'evidence.json',
    type: 'application/json',
    description: `SHA-256 ${sha256}`,
    relationship: 'Source',
    creationDate: madeAt,
    modifiedDate: madeAt,
  });
  return paper;
}

function heading(paper: Paper, text: string): void {
  paper.need(24 * MM);
  paper.y += 4 * MM;
  paper.paragraph(text, { size: 12, weight: 'bold' });
  paper.y += 1 * MM;
}

function field(paper: Paper, label: string, text: string, size?: number): void {
  paper.row([
    { text: label, width: LABEL, align: 'center' },
    { text, width: WIDTH - LABEL, size },
  ]);
}

function writePerson(paper: Paper, { statement: { person, matter } }: DocumentSource): void {
  heading(paper, '一、确认人');
  field(paper, '姓名', person.name);
  field(paper, '证件类型', documentTypeName(person));
  field(paper, '证件号码', person.number);
  if (person.validUntil) field(paper, '证件有效期至', person.validUntil);
  if (person.issuingCountry) field(paper, '签发国家或地区', countryName(person.issuingCountry));
  field(paper, '身份类型', roleNamesOf(matter.text.person));
}

/** Everything that the person was shown. */
function writeText(paper: Paper, { statement, authorityName }: DocumentSource): void {
  const { text, textHash } = statement.matter;
  heading(paper, '二、业务内容');
  field(paper, '登记机关', authorityName ? `${authorityName}（${text.authority}）` : text.authority);
  field(paper, '业务类型', matterKinds[text.kind]);
  // Individual businesses (个体工商户) and branches are no 企业.
  field(paper, '名称', text.entity.name);
  if (text.entity.uscc) field(paper, '统一社会信用代码', text.entity.uscc);
  for (const { title, fields } of text.sections) {
    paper.need(20 * MM);
    paper.row([{ text: title, width: WIDTH, weight: 'bold' }]);
    for (const { label, value } of fields) field(paper, label, value);
  }
  if (text.documents.length > 0) {
    paper.need(20 * MM);
    paper.row([{ text: '申请材料（名称及 SHA-256 值）', width: WIDTH, weight: 'bold' }]);
    text.documents.forEach(({ name, sha256 }, index) => {
      paper.row([
        { text: String(index + 1), width: 10 * MM, align: 'center' },
        { text: name, width: 64 * MM },
        { text: sha256, width: WIDTH - 74 * MM, size: SMALL },
      ]);
    });
  }
  paper.row([
    { text: `以上为确认人签字时所示的全部内容，其 SHA-256 值为 ${textHash}。`, width: WIDTH, size: SMALL },
  ]);
}

/** A person who signs on paper may have agreed to nothing on a screen: then the later headings move up by one. */
function hasAgreed({ consents, terms }: EvidenceStatement): boolean {
  return consents.length > 0 || terms !== undefined;
}

function writeConsents(paper: Paper, { statement }: DocumentSource): void {
  if (!hasAgreed(statement)) return;
  const { consents, terms, signedAt } = statement;
  heading(paper, '三、同意事项');
  const row = (name: string, version: string, at: string, weight?: 'bold') => {
    paper.row([
      { text: name, width: WIDTH - 74 * MM, weight },
      { text: version, width: 24 * MM, align: 'center', weight },
      { text: at, width: 50 * MM, align: 'center', weight },
    ]);
  };
  row('文本名称', '版本', '同意时间', 'bold');
  for (const { kind, version, givenAt } of consents)
    row(`《${consentName(kind)}》`, version, secondOf(new Date(givenAt)));
  if (terms) row('《签字须知及法律责任》', terms.version, secondOf(new Date(signedAt)));
}

function writeChecks(paper: Paper, { statement }: DocumentSource): void {
  heading(paper, `${hasAgreed(statement) ? '四' : '三'}、身份认证`);
  const row = (name: string, at: string, number: string, weight?: 'bold') => {
    paper.row([
      { text: name, width: 50 * MM, weight },
      { text: at, width: 50 * MM, align: 'center', weight },
      { text: number, width: WIDTH - 100 * MM, size: weight ? undefined : SMALL, weight },
    ]);
  };
  field(paper, '认证方式', methodOf(statement));
  row('认证项目', '通过时间', '流水号或说明', 'bold');
  for (const { purpose, passedAt, certifyId, orderNo } of statement.checks)
    row(checkNames[purpose], secondOf(new Date(passedAt)), certifyId ?? orderNo);
  for (const { kind, approvedAt, of } of statement.accepted) {
    const name = `${kind ? acceptanceNames[kind] : '工作人员认定'}（两名工作人员）`;
    const scope = of === 'person' ? '认定本人身份' : '认定纸质签字';
    row(name, approvedAt ? secondOf(new Date(approvedAt)) : '—', scope);
  }
}

function writeSignature(paper: Paper, { statement }: DocumentSource, signedAt: Date): void {
  heading(paper, `${hasAgreed(statement) ? '五' : '四'}、确认人签字`);
  const { signature, paperHash } = statement;
  if (signature) {
    const height = 34 * MM;
    paper.need(height);
    const { doc, y } = paper;
    doc.lineWidth(0.6).rect(LEFT, y, WIDTH, height).stroke('black');
    const { path, box } = drawSignature(signature);
    const inner = { width: WIDTH - 20 * MM, height: height - 8 * MM };
    // A signature is not enlarged beyond the size of a pad that fills the frame.
    const scale = Math.min(
      inner.width / Math.max(box.width, signature.width / 3),
      inner.height / Math.max(box.height, signature.height / 3),
    );
    doc
      .save()
      .translate(LEFT + (WIDTH - box.width * scale) / 2, y + (height - box.height * scale) / 2)
      .scale(scale)
      .translate(-box.x, -box.y)
      .path(path)
      .fill('black')
      .restore();
    paper.y = y + height;
  } else field(paper, '纸质签字材料', `扫描件 SHA-256 值：${paperHash ?? '—'}`, SMALL);
  field(paper, signature ? '签字时间' : '认定时间', secondOf(signedAt));
}

function writeEvidence(paper: Paper, { statement, sha256, verification }: DocumentSource): void {
  heading(paper, `${hasAgreed(statement) ? '六' : '五'}、存证信息`);
  const { matter, number } = statement;
  const side = 30 * MM;
  paper.need(side + 14 * MM);
  const top = paper.y;
  const width = WIDTH - side - 12 * MM;
  const pair = (label: string, text: string, size?: number) => {
    paper.row([
      { text: label, width: LABEL, align: 'center' },
      { text, width: width - LABEL, size },
    ]);
  };
  pair('存证编号', number);
  pair('业务编号', `${matter.externalId}（${matter.registry}，第 ${matter.version} 版）`);
  pair('存证 SHA-256 值', sha256, SMALL);
  pair('核验网址', `${verification.publicUrl}/verify`, SMALL);
  pair('核验码', verification.code);
  const url = `${verification.publicUrl}/verify#${number}.${verification.code}`;
  const x = LEFT + width + 8 * MM;
  drawQrCode(paper.doc, url, { x, y: top + 2 * MM, side });
  const below = paper.y;
  paper.y = top + side + 4 * MM;
  paper.paragraph('扫码核验', { x, width: side, size: 9, align: 'center' });
  paper.y = Math.max(paper.y, below);
}

function writeNotes(paper: Paper): void {
  const notes = [
    '说明：1. 本确认书依据所附存证原文（evidence.json）制作，存证原文的 SHA-256 值见上表。',
    '2. 本文件带有电子签名，内容被改动的，电子签名即告无效。核验时可以扫描二维码，也可以打开核验网址，录入存证编号和核验码。',
    'This letter is made from the attached evidence.json and is electronically signed. To verify it, scan the code or open the address above.',
  ];
  paper.y += 3 * MM;
  for (const note of [...notes, ...noteOf(paper.missing)]) paper.paragraph(note, { size: SMALL });
}
