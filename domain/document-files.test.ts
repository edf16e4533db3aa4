import { documentFileTypeOf } from './document-files';

it.each([
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
  ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'image/jpeg'],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image/png'],
  ['a PDF that begins later', Buffer.from(' %PDF-1.7'), undefined],
  ['HTML', Buffer.from('<!doctype html><p>%PDF-1.7'), undefined],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
  ['a beginning that is cut off', Buffer.from('89504e47', 'hex'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('%s', (_, content, type) => {
  expect(documentFileTypeOf(content)).toBe(type);
});
