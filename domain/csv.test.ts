import { csvLine } from './csv';

it.each([
  [['a', 'b'], '"a","b"\r\n'],
  [['', '一'], '"","一"\r\n'],
  [['a"b', 'a,b', 'a\nb'], '"a""b","a,b","a\nb"\r\n'],
  [['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '\n=1'], null],
  [['＝1', '＋1', '－1', '＠A'], null],
  [['a=1', '1-1', "'=1"], '"a=1","1-1","\'=1"\r\n'],
])('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(line ?? `${cells.map((cell) => `"'${cell}"`).join(',')}\r\n`);
});
