import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfVerifiers } from '../setup/needs/pdf-verifiers';

/** What programs of others say of a PDF. */
export interface PdfReader {
  /** The text of all pages, without the breaks between lines. */
  text(file: Buffer): string;
  pages(file: Buffer): number;
  /** A page as pixels, at 100 dpi. */
  picture(file: Buffer, page: number): { data: Uint8ClampedArray; width: number; height: number };
  /** The first attached file. */
  attachment(file: Buffer): Buffer;
  /** The names of the embedded fonts. */
  fonts(file: Buffer): string;
  pdfsig(file: Buffer): string;
  pyhanko(file: Buffer): string;
  /** `PASS` or `FAIL` of each. */
  verapdf(level: '2b' | '3b', ...files: Buffer[]): string[];
  /** Of the CMS alone. */
  openssl(file: Buffer): string;
  /** Of the time stamp in the CMS. */
  opensslTs(file: Buffer): string;
}

/** @param rootFile the only root that is trusted */
export function createPdfReader(folder: string, rootFile: string): PdfReader {
  const database = mkdtempSync(join(folder, 'nss-'));
  execFileSync('certutil', ['-N', '-d', database, '--empty-password'], { stdio: 'pipe' });
  execFileSync('certutil', ['-A', '-d', database, '-n', 'root', '-t', 'CT,C,C', '-a', '-i', rootFile], {
    stdio: 'pipe',
  });
  const { pyhanko, verapdf } = pdfVerifiers();
  const path = join(folder, 'document.pdf');
  const run = (file: Buffer, program: string, ...args: string[]): string => {
    writeFileSync(path, file);
    const { stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    if (error) throw error;
    return `${stdout}${stderr}`;
  };
  return {
    text: (file) => run(file, 'pdftotext', '-raw', path, '-').replaceAll(/\s/g, ''),
    pages: (file) => Number(/Pages:\s+(\d+)/.exec(run(file, 'pdfinfo', path))?.[1]),
    picture(file, page) {
      const one = String(page);
      run(file, 'pdftoppm', '-r', '100', '-f', one, '-l', one, '-singlefile', path, join(folder, 'page'));
      return readPpm(readFileSync(join(folder, 'page.ppm')));
    },
    attachment(file) {
      run(file, 'pdfdetach', '-save', '1', '-o', join(folder, 'attachment'), path);
      return readFileSync(join(folder, 'attachment'));
    },
    fonts: (file) => run(file, 'pdffonts', path),
    pdfsig: (file) => run(file, 'pdfsig', '-nssdir', database, path),
    pyhanko: (file) =>
      run(file, pyhanko, ...['sign', 'validate', '--pretty-print'], ...trusting(rootFile), path),
    verapdf(level, ...files) {
      const [program, ...args] = verapdf;
      const paths = files.map((file, index) => {
        const one = join(folder, `${level}-${index}.pdf`);
        writeFileSync(one, file);
        return one;
      });
      const flavour = ['--format', 'text', '--flavour', level];
      const { stdout } = spawnSync(program, [...args, ...flavour, ...paths], { encoding: 'utf8' });
      return paths.map(
        (one) =>
          stdout
            .split('\n')
            .find((line) => line.includes(one))
            ?.split(' ')[0] ?? '',
      );
    },
    openssl(file) {
      const { cms, signed } = signatureIn(file);
      writeFileSync(join(folder, 'cms'), cms);
      writeFileSync(join(folder, 'signed'), signed);
      const input = ['-inform', 'DER', '-in', 'cms', '-content', 'signed', '-binary', '-out', 'content'];
      return run(file, 'openssl', 'cms', '-verify', ...input, '-CAfile', rootFile, '-purpose', 'any');
    },
    opensslTs(file) {
      const { cms } = signatureIn(file);
      writeFileSync(join(folder, 'cms'), cms);
      const { value, token } = partsOf(
        run(file, 'openssl', 'asn1parse', '-inform', 'DER', '-in', 'cms'),
        cms,
      );
      writeFileSync(join(folder, 'value'), value);
      writeFileSync(join(folder, 'token'), token);
      const input = ['-data', 'value', '-token_in', '-in', 'token'];
      return run(file, 'openssl', 'ts', '-verify', ...input, '-CAfile', rootFile);
    },
  };
}

const trusting = (root: string) => ['--trust', root, '--trust-replace'];

/** The CMS of the last signature, and the bytes that its ByteRange names. */
function signatureIn(file: Buffer): { cms: Buffer; signed: Buffer } {
  const text = file.toString('latin1');
  const [a = 0, b = 0, c = 0, d = 0] = [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/g)]
    .at(-1)!
    .slice(1)
    .map(Number);
  const padded = Buffer.from(text.slice(a + b + 1, c - 1), 'hex');
  // A DER with a length of two bytes; zeros fill the rest of the place.
  const cms = padded.subarray(0, 4 + padded.readUInt16BE(2));
  return { cms, signed: Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]) };
}

/** The signature's value and its time stamp, where openssl says that they are. */
function partsOf(parsed: string, cms: Buffer): { value: Buffer; token: Buffer } {
  const lines = parsed.split('\n').map((line) => {
    const [, offset = 0, header = 0, length = 0, rest = ''] =
      /^\s*(\d+):d=\s*\d+\s+hl=\s*(\d+) l=\s*(\d+)\s+(.*)/.exec(line) ?? [];
    return { offset: Number(offset), header: Number(header), length: Number(length), rest };
  });
  const token = lines.findIndex(({ rest }) => rest.includes('id-smime-aa-timeStampToken'));
  const bytes = ({ offset, header, length }: (typeof lines)[number], isWhole: boolean) =>
    cms.subarray(isWhole ? offset : offset + header, offset + header + length);
  // The last octet string before the unsigned attributes is the signature.
  const value = lines.slice(0, token).findLast(({ rest }) => rest.includes('OCTET STRING'))!;
  // After the attribute's type come the SET and in it the token.
  return { value: bytes(value, false), token: bytes(lines[token + 2]!, true) };
}

function readPpm(file: Buffer): ReturnType<PdfReader['picture']> {
  const [head = '', ...size] = /^P6\n(\d+) (\d+)\n255\n/.exec(file.subarray(0, 40).toString('latin1')) ?? [];
  const [width = 0, height = 0] = size.map(Number);
  const pixels = file.subarray(head.length);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    for (let colour = 0; colour < 3; colour += 1) data[pixel * 4 + colour] = pixels[pixel * 3 + colour]!;
  return { data, width, height };
}
