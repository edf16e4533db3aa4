import { join } from 'node:path';
import ts from 'typescript';
import { apiRequest, commandRequest } from '../../miniapp/src/api-request';

const folder = join(__dirname, '../../miniapp/src');
const file = join(folder, 'snippets.ts');

/** Compiles one statement a line in miniapp/src/. @returns the lines that do not compile */
function brokenLines(lines: string[]): string[] {
  const imports = `import { apiRequest } from './api-request'; import type { ResponseOf } from './api-contract';`;
  const options: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, types: [] };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  const text = [imports, ...lines].join('\n');
  host.readFile = (name) => (name === file ? text : readFile(name));
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file)!;
  const broken = program
    .getSemanticDiagnostics(source)
    .map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line);
  return [...new Set(broken)].map((line) => lines[line - 1] ?? '');
}

test('a wrong path, value, query, body or field does not compile', () => {
  const right = [
    `apiRequest('GET', '/api/journeys/current');`,
    `apiRequest('GET', '/api/support', { query: { language: 'en' } });`,
    `apiRequest('POST', '/api/sessions', { body: { channel: 'alipay', authCode: '' } });`,
    `export const right: ResponseOf<'GET', '/api/journeys/{id}'>['revision'] = 1;`,
  ];
  const wrong = [
    `apiRequest('GET', '/api/journey/current');`,
    `apiRequest('POST', '/api/journeys/current');`,
    `apiRequest('GET', '/api/journeys/{id}', { path: {} });`,
    `apiRequest('GET', '/api/support', { query: { language: 'fr' } });`,
    `apiRequest('GET', '/api/journeys/current', { query: { tab: 'open' } });`,
    `apiRequest('POST', '/api/sessions');`,
    `apiRequest('POST', '/api/sessions', { body: { channel: 'alipay', code: '' } });`,
    `export const wrong: ResponseOf<'GET', '/api/journeys/{id}'>['version'] = 1;`,
  ];
  expect(brokenLines([...right, ...wrong])).toEqual(wrong);
});

test('values are filled into the path, and the query follows', () => {
  const path = { id: 'a/b' };
  const { url, body } = apiRequest('GET', '/api/journeys/{id}/to-dos', { path, query: { tab: 'past' } });
  expect([url, body]).toEqual(['/api/journeys/a%2Fb/to-dos?tab=past', undefined]);
});

test('a command names the journey and the revision that the person saw, and has a key of its own', () => {
  const journey = { id: 'journey-1', step: 'to-dos' as const, allowed: [], revision: 7, notices: [] };
  const make = () => commandRequest(journey, '/api/journeys/{id}/close');
  expect(make()).toMatchObject({ url: '/api/journeys/journey-1/close', body: { revision: 7 } });
  expect(make().key).not.toBe(make().key);
});
