import { readSignedResponse } from './signed-response';

// "Signed" here is whatever content equals what the signature says, so that the cutting out is seen alone.
const read = (text: string) =>
  readSignedResponse(text, ['x_response', 'error_response'], (content, signature) => content === signature);

const answer = (content: string, before = '', after = '') =>
  `{${before}"x_response":${content},"sign":${JSON.stringify(content)}${after}}`;

it.each([
  ['signature last', answer('{"code":"10000"}')],
  [
    'a certificate number between',
    answer('{"code":"10000"}').replace(',"sign"', ',"alipay_cert_sn":"9f","sign"'),
  ],
  ['members after the signature', answer('{"code":"10000"}', '', ',"more":{"sign":"no"},"n":1')],
  ['members before', answer('{"code":"10000"}', '"a":[1,{"x_response":{}}],"b":"\\"}{",')],
  ['signature first', '{"sign":"{\\"code\\":\\"10000\\"}","x_response":{"code":"10000"}}'],
  ['white space around', ' { "x_response" : {"code":"10000"} , "sign" : "{\\"code\\":\\"10000\\"}" } \n'],
])('finds what was signed with %s', (_, text) => {
  expect(read(text)).toEqual({ name: 'x_response', body: { code: '10000' } });
});

it('finds a signed failure under its other name', () => {
  const content = '{"code":"40002","sub_code":"isv.code-invalid"}';
  const text = `{"error_response":${content},"sign":${JSON.stringify(content)}}`;
  expect(read(text)).toEqual({
    name: 'error_response',
    body: { code: '40002', sub_code: 'isv.code-invalid' },
  });
});

it.each([
  '{"note":"a \\"sign\\" in } a { value"}',
  '{"a":"\\\\","b":"\\\\\\"sign\\":{"}',
  '{"deep":[[{"sign":"x"}],[]],"empty":{}}',
  '{"name":"\\u5f20\\u4e09张三"}',
])('keeps the exact text of %s', (content) => {
  expect(read(answer(content)).body).toEqual(JSON.parse(content));
});

it('accepts a signature made before the slashes were escaped, and reads what was signed', () => {
  const text = '{"x_response":{"url":"https:\\/\\/a\\/b"},"sign":"{\\"url\\":\\"https://a/b\\"}"}';
  expect(read(text).body).toEqual({ url: 'https://a/b' });
});

it.each([
  ['no signature', '{"x_response":{"code":"10000"}}'],
  ['an empty signature', '{"x_response":{"code":"10000"},"sign":""}'],
  ['a signature that is no text', '{"x_response":{"code":"10000"},"sign":{"a":1}}'],
  ['a signature of something else', '{"x_response":{"code":"10000"},"sign":"{}"}'],
  ['a signature inside the answer only', '{"x_response":{"sign":"{}"}}'],
])('does not believe an answer with %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'alipay_answer_unverified' }));
});

it('passes on what an unsigned failure claims as a hint only', () => {
  const text = '{"error_response":{"code":"40002","sub_code":"isv.invalid-app-id"}}';
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: 'alipay_answer_unverified', subCode: 'isv.invalid-app-id' }),
  );
  expect(() => read('{"error_response":null}')).toThrow(
    expect.objectContaining({ code: 'alipay_answer_unverified', subCode: undefined }),
  );
});

it.each([
  ['no JSON', '<html>'],
  ['nothing', ''],
  ['an array', '[]'],
  ['a word', '"x_response"'],
  ['null', 'null'],
  ['another interface’s answer', '{"y_response":{},"sign":"{}"}'],
  ['two answers', '{"x_response":{},"error_response":{},"sign":"{}"}'],
  ['an answer twice', '{"x_response":{},"x_response":{},"sign":"{}"}'],
  ['two signatures', '{"x_response":{},"sign":"{}","sign":"{}"}'],
  ['an answer that is cut off', '{"x_response":{"code":"10000"},"sign":"{'],
])('cannot read %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'alipay_answer_unreadable' }));
});
