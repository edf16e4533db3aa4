import { readSignedResponse } from './signed-response';

// In these tests a signature is valid if it equals the content, so that only the extraction is tested.
const read = (text: string) =>
  readSignedResponse(text, ['x_response', 'error_response'], (content, signature) => content === signature);

const response = (content: string, before = '', after = '') =>
  `{${before}"x_response":${content},"sign":${JSON.stringify(content)}${after}}`;

it.each([
  ['signature last', response('{"code":"10000"}')],
  [
    'a certificate number between',
    '{"x_response":{"code":"10000"},"alipay_cert_sn":"9f","sign":"{\\"code\\":\\"10000\\"}"}',
  ],
  ['members after the signature', response('{"code":"10000"}', '', ',"more":{"sign":"no"},"n":1')],
  ['members before', response('{"code":"10000"}', '"a":[1,{"x_response":{}}],"b":"\\"}{",')],
  ['signature first', '{"sign":"{\\"code\\":\\"10000\\"}","x_response":{"code":"10000"}}'],
  ['white space around', ' { "x_response" : {"code":"10000"} , "sign" : "{\\"code\\":\\"10000\\"}" } \n'],
])('finds the signed member with %s', (_, text) => {
  expect(read(text)).toEqual({ name: 'x_response', body: { code: '10000' } });
});

it('finds a signed failure under the name error_response', () => {
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
  expect(read(response(content)).body).toEqual(JSON.parse(content));
});

it('accepts a signature made before the slashes were escaped, and parses the signed text', () => {
  const text = '{"x_response":{"url":"https:\\/\\/a\\/b"},"sign":"{\\"url\\":\\"https://a/b\\"}"}';
  expect(read(text).body).toEqual({ url: 'https://a/b' });
});

it.each([
  ['no signature', '{"x_response":{"code":"10000"}}'],
  ['an empty signature', '{"x_response":{"code":"10000"},"sign":""}'],
  ['a signature that is no text', '{"x_response":{"code":"10000"},"sign":{"a":1}}'],
  ['a signature of another text', '{"x_response":{"code":"10000"},"sign":"{}"}'],
  ['a signature only inside the member', '{"x_response":{"sign":"{}"}}'],
])('rejects a response with %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'alipay_answer_unverified' }));
});

it('reports the code of an unsigned failure only as a hint', () => {
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
  ['the response of another interface', '{"y_response":{},"sign":"{}"}'],
  ['two signed members', '{"x_response":{},"error_response":{},"sign":"{}"}'],
  ['a member twice', '{"x_response":{},"x_response":{},"sign":"{}"}'],
  ['two signatures', '{"x_response":{},"sign":"{}","sign":"{}"}'],
  ['a truncated response', '{"x_response":{"code":"10000"},"sign":"{'],
])('cannot read %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'alipay_answer_unreadable' }));
});
