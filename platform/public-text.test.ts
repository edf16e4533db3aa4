import { asCode, stackPlaces } from './public-text';

test.each(['face_failed', 'alipay.timeout', 'er-dup-entry', 'a', 'sha256', 'face_check2'])(
  '%s is a code',
  (text) => {
    expect(asCode(text)).toBe(text);
  },
);

test.each([
  '',
  '张三',
  'Zhang San',
  'x110101190001010014',
  '13800138000',
  'a'.repeat(65),
  'a b',
  'a\nb',
  7,
  undefined,
  null,
])('%j is no code', (text) => {
  expect(asCode(text)).toBeUndefined();
});

test('a location keeps the function and the last folders of the file, but no machine path', () => {
  const stack = [
    'Error: text',
    '    at checkFace (/home/someone/app/activities/face.ts:12:5)',
    '    at async Object.run [as face] (/home/someone/app/node_modules/@temporalio/worker/lib/activity.js:100:7)',
    '    at new Inbox (webpack-internal:///./workflows/inbox.ts:3:9)',
    '    at /srv/worker.js:1:1',
    '    at processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at C:\\app\\api\\main.js:4:2',
  ].join('\n');
  expect(stackPlaces(stack, 'text')).toEqual([
    'checkFace app/activities/face.ts:12:5',
    'Object.run worker/lib/activity.js:100:7',
    'Inbox ./workflows/inbox.ts:3:9',
    'srv/worker.js:1:1',
    'app/api/main.js:4:2',
  ]);
});

test('a function name that is no plain identifier is omitted, and its location remains', () => {
  expect(stackPlaces('    at Object.张三 (/app/face.ts:1:1)', '')).toEqual(['app/face.ts:1:1']);
});

test('the locations of a list of locations are the same', () => {
  const once = stackPlaces(new Error('text').stack, 'text');
  expect(once.length).toBeGreaterThan(0);
  expect(stackPlaces(once.map((place) => `    at ${place}`).join('\n'), 'internal')).toEqual(once);
});

test.each([
  '    at x110101190001010014 (/app/face.ts:1:1)',
  '    at check (/app/110101190001010014.ts:1:1)',
  '    at check (/app/face.ts:13800138000:1)',
  '    at 13800138000',
  '张三 /app/face.ts:1:1',
])('a line with a personal value is no location: %s', (line) => {
  expect(stackPlaces(`Error: another message\n${line}`, '')).toEqual([]);
});

test('a message that looks like a stack trace is omitted', () => {
  const error = new Error('first\n    at zhang (/san/zhang.ts:1:1)\nlast');
  expect(stackPlaces(error.stack, error.message).join()).not.toContain('zhang');
});
