import { expect, test } from 'vitest';
import { codePointsOf, differenceOf } from './name-difference';
import { readScan } from './scan';

test.each([
  ['买买提·沙箱', '买买提•沙箱', ['same 买买提', 'removed ·', 'added •', 'same 沙箱']],
  ['𠅤沙箱', '𠅥沙箱', ['removed 𠅤', 'added 𠅥', 'same 沙箱']],
  ['沙箱', '沙箱甲', ['same 沙箱', 'added 甲']],
  ['沙箱', '沙箱', ['same 沙箱']],
])('the difference of %s and %s', (before, after, parts) => {
  expect(differenceOf(before, after).map(({ kind, text }) => `${kind} ${text}`)).toEqual(parts);
});

test('ways to write that look the same differ in their code points', () => {
  expect(codePointsOf('·•𠅤')).toBe('U+00B7 U+2022 U+20164');
});

test('a scan is known by its beginning, and not by its name', async () => {
  const named = (content: BlobPart[], type = 'application/pdf') => new File(content, 'scan.pdf', { type });
  const pdf = await readScan(named(['%PDF-1.7'], 'text/html'));
  expect(pdf).toMatchObject({
    mediaType: 'application/pdf',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(typeof pdf === 'object' && pdf.content.type).toBe('application/pdf');
  expect(await readScan(named(['<html>']))).toBe('unsupported');
  expect(await readScan(named([]))).toBe('empty');
  expect(await readScan(named(['%PDF-1.7', new Uint8Array(20 * 1024 * 1024)]))).toBe('large');
});
