import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentKinds } from '../domain/consents';
import { readLegalTexts } from './legal-texts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'legal-texts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...files: string[]) =>
  files.forEach((file) => writeFileSync(join(folder, file), `# 标题 ${file}\n\n正文\n`));

test('the highest version is in force, compared as numbers', () => {
  write('face-check.2026-9.md', 'face-check.2026-10.md', 'face-check.2026-1.md', 'face-check.2025-99.md');
  const texts = readLegalTexts(folder);
  expect(texts.get('face-check')).toMatchObject({
    kind: 'face-check',
    version: '2026-10',
    title: '标题 face-check.2026-10.md',
  });
});

test('an earlier version stays readable, with the same hash as in its consents', () => {
  write('face-check.2026-1.md', 'face-check.2026-2.md');
  const text = readLegalTexts(folder).get('face-check', '2026-1');
  expect(text?.text).toContain('2026-1');
  expect(text?.sha256).toBe(
    createHash('sha256')
      .update(text?.text ?? '')
      .digest('hex'),
  );
});

test('an unknown text is undefined', () => {
  write('face-check.2026-1.md');
  const texts = readLegalTexts(folder);
  expect([texts.get('face-check', '2026-2'), texts.get('liability')]).toEqual([undefined, undefined]);
});

test.each(['face-check.md', 'face-check.v2.md', 'face-check.2026-1.md.orig', 'Face.2026-1.md'])(
  'a file named %s is rejected at the start',
  (file) => {
    write(file);
    expect(() => readLegalTexts(folder)).toThrow(file);
  },
);

test('there is a text in force for each consent', () => {
  const texts = readLegalTexts();
  for (const kind of consentKinds) expect([kind, texts.get(kind)?.title]).toEqual([kind, expect.any(String)]);
});
