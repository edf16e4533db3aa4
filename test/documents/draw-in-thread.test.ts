import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { drawWith } from '../../evidence/documents/drawing';
import type { Draw } from '../../evidence/documents/drawing';
import { openFonts } from '../../evidence/documents/fonts';
import '../setup/needs/rare-font';
import '../setup/needs/services';
import { sampleStatement, sourceOf } from './samples';

// The thread of the compiled product.

interface Report {
  drawn: string[];
  blockedMs: number;
  tookMs: number;
}

function drawInThread(requests: Parameters<Draw>[]): Report {
  const folder = mkdtempSync(join(tmpdir(), 'rid-drawing-'));
  const file = join(folder, 'requests');
  writeFileSync(file, serialize(requests));
  const script = join(__dirname, 'draw-in-thread.mjs');
  const said = execFileSync(process.execPath, [script, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return JSON.parse(said) as Report;
}

const at = new Date('2026-11-28T03:00:00Z');
const source = sourceOf(sampleStatement());
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

it('draws what is drawn without a thread, also after an error', async () => {
  const draw = drawWith(openFonts());
  const right: Parameters<Draw>[] = [
    ['confirmation-letter', source, at],
    ['archive-sheet', source, at],
  ];
  const expected = await Promise.all(right.map((request) => draw(...request)));
  const wrong: Parameters<Draw> = ['archive-sheet', { ...source, submittedAt: new Date(Number.NaN) }, at];
  const { drawn } = drawInThread([right[0]!, wrong, right[1]!]);
  const [letter, sheet] = expected.map(({ file }) => sha256Of(file));
  expect(drawn).toEqual([letter, 'RangeError', sheet]);
}, 60_000);

it('lets everything else run while it draws the longest text that can be pushed', () => {
  const statement = sampleStatement();
  const value = '软件开发；技术服务、技术开发、技术咨询。'.repeat(32_500);
  const sections = [{ title: '经营范围', fields: [{ label: '经营范围', value }] }];
  const { matter } = statement;
  const long = sourceOf({ ...statement, matter: { ...matter, text: { ...matter.text, sections } } });
  const { blockedMs, tookMs } = drawInThread([['confirmation-letter', long, at]]);
  // The machine does other things too.
  expect(tookMs).toBeGreaterThan(500);
  expect(blockedMs).toBeLessThan(tookMs / 3);
}, 60_000);
