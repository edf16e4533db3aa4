import { portraitCheckOf } from '../../domain/evidence-documents';
import { matterKinds } from '../../domain/roles';
import type { DocumentSource, Portrait } from './document-source';
import type { Fonts } from './fonts';
import { beginPaper, LEFT, MM, WIDTH } from './paper';
import type { Paper } from './paper';
import { embeddable } from './portrait';
import { dayOf, documentTypeName, methodOf, noteOf, roleNamesOf, secondOf } from './words';

const TITLE = '登记注册身份认证人像信息';
const LABEL = 28 * MM;
const HALF = WIDTH / 2;
const PORTRAIT_HEIGHT = 84 * MM;

/** 《登记注册身份认证人像信息》: the sheet for the registration file, with the fields of the authority's form. PDF/A-2b. */
export function writeArchiveSheet(fonts: Fonts, source: DocumentSource, madeAt: Date): Paper {
  const { statement, submittedAt, sha256 } = source;
  const { text } = statement.matter;
  const paper = beginPaper(fonts, { title: TITLE, standard: 'PDF/A-2b', madeAt });
  const field = (label: string, value: string) => {
    paper.row([
      { text: label, width: LABEL, align: 'center' },
      { text: value, width: WIDTH - LABEL },
    ]);
  };
  const fields = (...pairs: [label: string, value: string][]) => {
    paper.row(
      pairs.flatMap(([label, value]) => [
        { text: label, width: LABEL, align: 'center' as const },
        { text: value, width: HALF - LABEL },
      ]),
    );
  };
  paper.y += 6 * MM;
  paper.paragraph(TITLE, { size: 22, weight: 'bold', align: 'center' });
  paper.paragraph('Portrait of an Identity Check for Registration', {
    size: 9,
    align: 'center',
    isGrey: true,
  });
  paper.y += 6 * MM;
  field('企业名称', text.entity.name);
  fields(['申报日期', dayOf(submittedAt)], ['业务类型', matterKinds[text.kind]]);
  field('姓名', statement.person.name);
  fields(['证件类型', documentTypeName(statement.person)], ['证件号码', statement.person.number]);
  field('身份类型', roleNamesOf(text.person));
  fields(['认证方式', methodOf(statement)], ['认证时间', secondOf(authenticatedAt(source))]);
  drawPortrait(paper, source);
  field('存证编号', statement.number);
  paper.y += 3 * MM;
  const notes = [
    `说明：本页依据存证（SHA-256 值 ${sha256}）制作，并带有电子签名，内容被改动的，电子签名即告无效。`,
    ...noteOf(paper.missing),
  ];
  for (const note of notes) paper.paragraph(note, { size: 8.5 });
  return paper;
}

/** Of the check in which the portrait was captured; offline, of the acceptance by clerks. */
function authenticatedAt({ statement }: DocumentSource): Date {
  const { checks, accepted, signedAt } = statement;
  const check = statement.kind === 'face' ? (portraitCheckOf(statement) ?? checks.at(-1)) : undefined;
  return new Date(check?.passedAt ?? accepted.at(-1)?.approvedAt ?? signedAt);
}

function drawPortrait(paper: Paper, { statement, portrait }: DocumentSource): void {
  paper.need(PORTRAIT_HEIGHT);
  const { doc, y } = paper;
  doc.lineWidth(0.6).rect(LEFT, y, LABEL, PORTRAIT_HEIGHT).stroke('black');
  doc.rect(LEFT + LABEL, y, WIDTH - LABEL, PORTRAIT_HEIGHT).stroke('black');
  paper.y = y + PORTRAIT_HEIGHT / 2 - 8;
  paper.paragraph('人像', { x: LEFT, width: LABEL, align: 'center' });
  const isDrawn = typeof portrait !== 'string' && drawPicture(doc, portrait, y);
  if (!isDrawn) {
    paper.y = y + PORTRAIT_HEIGHT / 2 - 8;
    const style = { x: LEFT + LABEL, width: WIDTH - LABEL, align: 'center' as const };
    paper.paragraph(absenceOf(statement.kind, portrait), style);
  }
  paper.y = y + PORTRAIT_HEIGHT;
}

function drawPicture(doc: PDFKit.PDFDocument, portrait: Portrait, y: number): boolean {
  const picture = embeddable(portrait);
  if (!picture) return false;
  const margin = 4 * MM;
  const size: [number, number] = [WIDTH - LABEL - 2 * margin, PORTRAIT_HEIGHT - 2 * margin];
  const place = { fit: size, align: 'center' as const, valign: 'center' as const };
  try {
    doc.image(picture, LEFT + LABEL + margin, y + margin, place);
    return true;
  } catch {
    // pdfkit can't read it. The sheet is needed all the same, and its other fields are true.
    return false;
  }
}

function absenceOf(kind: DocumentSource['statement']['kind'], portrait: DocumentSource['portrait']): string {
  if (kind !== 'face') return '线下认证，未采集人像';
  if (portrait === 'not-permitted') return '本人未同意将人像存档';
  if (portrait === 'deleted') return '人像已依照规定删除';
  return portrait === 'not-captured' ? '核验机构未返回人像' : '人像无法显示';
}
