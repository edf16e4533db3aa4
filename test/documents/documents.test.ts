import { createHash } from 'node:crypto';
import jsQR from 'jsqr';
import { makeDocument } from '../../evidence/documents/document';
import type { DocumentTools, MadeDocument } from '../../evidence/documents/document';
import type { DocumentSource } from '../../evidence/documents/document-source';
import { drawWith } from '../../evidence/documents/drawing';
import { openFonts } from '../../evidence/documents/fonts';
import { TimeStampUnavailable } from '../../evidence/time-stamp/time-stamper';
import { drawPortrait } from '../../sandbox/alipay/portrait';
import { rareFont } from '../setup/needs/rare-font';
import { createDocumentAuthority } from './authority';
import { cornered, longStatement, sampleStatement, sourceOf } from './samples';
import { createPdfReader } from './verifiers';
import type { PdfReader } from './verifiers';

// Programs that share no code with ours say what these documents are.

const authority = createDocumentAuthority();
afterAll(() => authority.end());
const tools = (): DocumentTools => ({
  draw: drawWith(openFonts(rareFont())),
  signer: authority.signer,
  keys: authority.keys,
  timeStamper: authority.timeStamper,
});

let read: PdfReader;
let letter: MadeDocument;
let sheet: MadeDocument;
let longLetter: MadeDocument;

beforeAll(async () => {
  read = createPdfReader(authority.folder, authority.rootFile);
  const now = new Date();
  letter = await makeDocument('confirmation-letter', sourceOf(sampleStatement()), tools(), now);
  sheet = await makeDocument('archive-sheet', sourceOf(sampleStatement()), tools(), now);
  longLetter = await makeDocument('confirmation-letter', sourceOf(longStatement()), tools(), now);
}, 60_000);

/** The document with one byte changed: the part of PDF/A that it says it keeps to. */
function changed({ file }: MadeDocument): Buffer {
  const copy = Buffer.from(file);
  const at = copy.indexOf('<pdfaid:part>') + '<pdfaid:part>'.length;
  copy.write('1', at);
  expect(copy.equals(file)).toBe(false);
  return copy;
}

describe('the signature', () => {
  const both = (): [string, MadeDocument][] => [
    ['letter', letter],
    ['sheet', sheet],
  ];

  it('has a time stamp', () => {
    expect(both().map(([, { level }]) => level)).toEqual(['B-T', 'B-T']);
  });

  it('is valid, trusted and over the whole file for pdfsig; with one byte changed it is not', () => {
    for (const [, document] of both()) {
      const said = read.pdfsig(document.file);
      expect(said).toContain('Signature Type: ETSI.CAdES.detached');
      expect(said).toContain('Signature Validation: Signature is Valid.');
      expect(said).toContain('Certificate Validation: Certificate is Trusted.');
      expect(said).toContain('Total document signed');
      expect(read.pdfsig(changed(document))).toContain('Signature Validation: Digest Mismatch.');
    }
  });

  it('is valid for pyHanko, with its time stamp; with one byte changed it is not', () => {
    for (const [, document] of both()) {
      const said = read.pyhanko(document.file);
      expect(said).toContain('The TSA certificate is trusted.');
      expect(said).toContain('The signature covers the entire file.');
      expect(said).toContain('The signature is judged VALID.');
      expect(read.pyhanko(changed(document))).toContain('The signature is judged INVALID.');
    }
  }, 120_000);

  it('is valid for openssl, and so is the time stamp; with one byte changed it is not', () => {
    expect(read.openssl(letter.file)).toContain('CMS Verification successful');
    expect(read.opensslTs(letter.file)).toContain('Verification: OK');
    expect(read.openssl(changed(letter))).toContain('CMS Verification failure');
  });

  it('is made without a time stamp where no authority gives one', async () => {
    const down = { stamp: () => Promise.reject(new TimeStampUnavailable('time_stamp_unreachable')) };
    const source = sourceOf(sampleStatement());
    for (const timeStamper of [down, undefined]) {
      const made = await makeDocument('archive-sheet', source, { ...tools(), timeStamper }, new Date());
      expect(made.level).toBe('B-B');
      expect(read.pyhanko(made.file)).toContain('The signature is judged VALID.');
    }
  }, 60_000);
});

describe('the file', () => {
  it('is PDF/A for veraPDF; with one byte changed it is not', async () => {
    const statement = sampleStatement({
      person: { ...sampleStatement().person, name: 'ŞENOL 김철수 \u{30EDE}' },
    });
    const noted = await makeDocument('archive-sheet', sourceOf(statement), tools(), new Date());
    expect(read.verapdf('3b', letter.file, longLetter.file, changed(letter))).toEqual([
      'PASS',
      'PASS',
      'FAIL',
    ]);
    expect(read.verapdf('2b', sheet.file, noted.file, changed(sheet))).toEqual(['PASS', 'PASS', 'FAIL']);
  }, 120_000);

  it('has the evidence with it, whose hash it prints', () => {
    const { sha256 } = sourceOf(sampleStatement());
    expect(createHash('sha256').update(read.attachment(letter.file)).digest('hex')).toBe(sha256);
    expect(read.text(letter.file)).toContain(sha256);
  });

  it('is small, and soon made', async () => {
    const source = sourceOf(longStatement());
    const own = { ...tools(), timeStamper: undefined };
    const times: number[] = [];
    for (let run = 0; run < 9; run += 1) {
      const before = performance.now();
      await makeDocument('confirmation-letter', source, own, new Date());
      times.push(performance.now() - before);
    }
    // Alone on a machine the median is under 60 ms; tests share theirs with others.
    expect(times.sort((one, other) => one - other)[4]).toBeLessThan(600);
    for (const { file } of [letter, sheet, longLetter]) expect(file.length).toBeLessThan(150_000);
  });

  it('holds subsets of its fonts and no others', () => {
    const lines = read.fonts(longLetter.file).trim().split('\n').slice(2);
    expect(lines.map((line) => line.split(/\s+/)[0]?.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
      'HanaMinB',
      'NotoSerifSC-Bold',
      'NotoSerifSC-Regular',
    ]);
    for (const line of lines) expect(line).toMatch(/yes yes yes/);
  });
});

describe('the text', () => {
  it('of the letter says who confirmed what, when and how', () => {
    const text = read.text(letter.file);
    const parts = [
      ...['业务确认书', '沙箱甲', '居民身份证', '110105190002031015', '法定代表人、股东'],
      ...[
        '北京市朝阳区市场监督管理局（演示）（110105）',
        '设立登记',
        '北京沙箱样例科技有限公司',
        '91110105MA00000008',
      ],
      ...[
        '经营范围',
        '凭营业执照依法自主开展经营活动',
        '𠅤沙箱',
        '公司章程',
        '《人脸信息处理单独同意书》2026-2',
      ],
      ...['身份核验（刷脸）2026年11月27日13:59:20', '签字时间2026年11月27日14:05:09', '第1页共2页'],
      ...['存证编号20261127-7KMQ4XWD2P', 'K7QX-M2PD-9WFT-4HCB', 'https://rid.example.gov.cn/verify'],
    ];
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });

  it('of the letter names the country of a passport, and calls no business a company', async () => {
    const plain = sampleStatement();
    const person = {
      ...{ name: 'JEAN SABLE', documentType: 'foreign-passport' as const, number: 'U00000001' },
      ...{ validUntil: '2031-05-06', issuingCountry: 'FRA' },
    };
    const entity = { name: '北京市朝阳区沙箱样例小吃店（个体工商户）' };
    const text = { ...plain.matter.text, entity };
    const statement = sampleStatement({ person, matter: { ...plain.matter, text } });
    const made = await makeDocument('confirmation-letter', sourceOf(statement), tools(), new Date());
    const said = read.text(made.file);
    expect(said).toContain('签发国家或地区法国');
    expect(said).toContain(`名称${entity.name}`);
    expect(said).not.toContain('企业');
  });

  it('of the sheet has the fields of the form', () => {
    const text = read.text(sheet.file);
    const parts = [
      ...[
        '登记注册身份认证人像信息',
        '企业名称北京沙箱样例科技有限公司',
        '申报日期2026年11月26日',
        '业务类型设立登记',
      ],
      ...['姓名沙箱甲', '证件类型居民身份证', '证件号码110105190002031015', '身份类型法定代表人、股东'],
      ...['认证方式线上', '认证时间2026年11月27日14:04:02', '人像'],
    ];
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
    expect(read.pages(sheet.file)).toBe(1);
  });

  it('has every character of long names and sections, rare ones too, over several pages', () => {
    const statement = longStatement();
    const text = read.text(longLetter.file);
    expect([...statement.person.name]).toHaveLength(50);
    expect(text).toContain(statement.person.name);
    expect(text).toContain(statement.matter.text.entity.name);
    const count = read.pages(longLetter.file);
    expect(count).toBeGreaterThan(3);
    // What stands between two pages breaks a text in two.
    const whole = text.replaceAll(/存证编号：20261127-7KMQ4XWD2P第\d页共\d页\f?/g, '');
    for (const { title, fields } of statement.matter.text.sections) {
      expect(whole).toContain(title);
      for (const { value } of fields) expect(whole).toContain(value.replaceAll(/\s/g, ''));
    }
  });

  it('has names in Latin letters of every language, and in Hangul', async () => {
    const person = { ...sampleStatement().person, name: 'ŞENOL Ğülşah Ștefănescu 김철수' };
    const made = await makeDocument(
      'archive-sheet',
      sourceOf(sampleStatement({ person })),
      tools(),
      new Date(),
    );
    expect(made.missing).toEqual([]);
    expect(read.text(made.file)).toContain(person.name.replaceAll(' ', ''));
    const fonts = read.fonts(made.file);
    expect(fonts).toMatch(/\+NotoSerif-Regular .* yes yes yes/);
    expect(fonts).toMatch(/\+NanumMyeongjo .* yes yes yes/);
  });

  it('names the code point of a character that no font has', async () => {
    const name = '王\u{30EDE}\u{30EDE}';
    const statement = sampleStatement({ person: { ...sampleStatement().person, name } });
    const made = await makeDocument('archive-sheet', sourceOf(statement), tools(), new Date());
    expect(made.missing).toEqual(['U+30EDE']);
    expect(read.text(made.file)).toContain('王〔U+30EDE〕〔U+30EDE〕');
    expect(read.text(made.file)).toContain('因字库未收录而无法显示');
  });
});

it('the QR code on the page leads to the verification of this evidence', () => {
  const { data, width, height } = read.picture(letter.file, 2);
  expect(jsQR(data, width, height)?.data).toBe(
    'https://rid.example.gov.cn/verify#20261127-7KMQ4XWD2P.K7QX-M2PD-9WFT-4HCB',
  );
});

it('the same evidence and time give the same pages', async () => {
  const at = new Date('2026-11-27T06:06:00Z');
  const source = sourceOf(sampleStatement());
  const [one, other] = [
    await makeDocument('archive-sheet', source, tools(), at),
    await makeDocument('archive-sheet', source, tools(), at),
  ];
  const signedPart = ({ file }: MadeDocument) => file.subarray(0, file.indexOf('/ByteRange'));
  expect(signedPart(one).equals(signedPart(other))).toBe(true);
});

// Exif 2.32, tag 0x0112: where the first row and the first column of pixels are shown.
it.each([
  [1, 'top left', 'wide'],
  [2, 'top right', 'wide'],
  [3, 'bottom right', 'wide'],
  [4, 'bottom left', 'wide'],
  [5, 'top left', 'high'],
  [6, 'top right', 'high'],
  [7, 'bottom right', 'high'],
  [8, 'bottom left', 'high'],
])('a portrait of the orientation %i stands upright on the sheet', async (orientation, corner, shape) => {
  const exif = Buffer.from('ffe1002245786966000049492a000800000001001201030001000000', 'hex');
  const image = Buffer.concat([
    cornered.subarray(0, 2),
    exif,
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]),
    cornered.subarray(2),
  ]);
  const source = sourceOf(sampleStatement(), { portrait: { image, mediaType: 'image/jpeg' } });
  const own = { ...tools(), timeStamper: undefined };
  const page = read.picture((await makeDocument('archive-sheet', source, own, new Date())).file, 1);
  const boxOf = (isPart: (red: number, green: number, blue: number) => boolean) => {
    const box = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
    for (let at = 0; at < page.width * page.height; at += 1) {
      const [red = 0, green = 0, blue = 0] = page.data.subarray(at * 4, at * 4 + 3);
      if (!isPart(red, green, blue)) continue;
      const [x, y] = [at % page.width, Math.floor(at / page.width)];
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x);
      box.bottom = Math.max(box.bottom, y);
    }
    return box;
  };
  const whole = boxOf((red, green, blue) => Math.max(red, blue) > green + 100);
  const square = boxOf((red, _, blue) => red > blue + 100);
  const isHigh = whole.bottom - whole.top > whole.right - whole.left;
  const side = square.left - whole.left < whole.right - square.right ? 'left' : 'right';
  const end = square.top - whole.top < whole.bottom - square.bottom ? 'top' : 'bottom';
  expect([`${end} ${side}`, isHigh ? 'high' : 'wide']).toEqual([corner, shape]);
});

it('without a portrait the sheet says why', async () => {
  const said = async (
    changes: Parameters<typeof sampleStatement>[0],
    portrait: DocumentSource['portrait'],
  ) => {
    const source = sourceOf(sampleStatement(changes), { portrait });
    return read.text((await makeDocument('archive-sheet', source, tools(), new Date())).file);
  };
  const broken = Buffer.concat([
    drawPortrait('sample', 'sample').subarray(0, 3000),
    Buffer.from('\0\0\0\0IEND....', 'latin1'),
  ]);
  expect(await said({}, { image: broken, mediaType: 'image/png' })).toContain('人像无法显示');
  expect(await said({}, 'not-captured')).toContain('核验机构未返回人像');
  expect(await said({}, 'deleted')).toContain('人像已依照规定删除');
  expect(await said({}, 'not-permitted')).toContain('本人未同意将人像存档');
  expect(await said({ kind: 'on-site' }, 'not-captured')).toContain('线下认证，未采集人像');
});
