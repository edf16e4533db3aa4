import { expect, test } from 'vitest';
import { MOST_FOUND, rowsOfTree, searchDivisions } from './division-tree';

const names = {
  divisions: {
    ...{ '11': '北京市', '1101': '北京市', '110101': '东城区', '110105': '朝阳区' },
    ...{ '21': '辽宁省', '2113': '朝阳市', '211302': '双塔区' },
  },
  others: { '110199001': '示范园区分局', '110000': '北京市市场监督管理局' },
};
const codes = (rows: { code: string }[]) => rows.map(({ code }) => code);
const search = (typed: string) => codes(searchDivisions(names, '全国', typed));

test('the tree shows provinces, and what is below those that are open', () => {
  expect(codes(rowsOfTree(names, '全国', new Set()))).toEqual(['national', '11', '21']);
  const rows = rowsOfTree(names, '全国', new Set(['11', '1101']));
  expect(rows).toEqual([
    { code: 'national', name: '全国', level: 1 },
    { code: '11', name: '北京市', level: 1, isExpanded: true },
    { code: '1101', name: '北京市', level: 2, isExpanded: true },
    { code: '110101', name: '东城区', level: 3 },
    { code: '110105', name: '朝阳区', level: 3 },
    { code: '21', name: '辽宁省', level: 1, isExpanded: false },
  ]);
});

test.each([
  ['朝阳', ['2113', '110105', '211302']],
  ['北京 朝阳', ['110105']],
  ['110105', ['110105']],
  ['1101', ['1101', '110101', '110105', '110199001']],
  ['园区', ['110199001']],
  ['市场监督', []],
  ['110000', []],
  ['全国', ['national']],
  ['无此地', []],
])('%s finds %j', (typed, found) => {
  expect(search(typed)).toEqual(found);
});

test('a search ends after one more than is shown', () => {
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [String(n + 10), '某省']));
  const found = searchDivisions({ divisions: many, others: {} }, '全国', '某省');
  expect(found).toHaveLength(MOST_FOUND + 1);
});
