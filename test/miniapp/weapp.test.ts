import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { weappBuild } from '../setup/needs/weapp';

test('the build for WeChat has every page that it names', () => {
  const folder = weappBuild();
  const { pages, subPackages } = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as {
    pages: string[];
    subPackages: { root: string; pages: string[] }[];
  };
  const later = subPackages.flatMap(({ root, pages: own }) => own.map((page) => join(root, page)));
  const files = [...pages, ...later].flatMap((page) =>
    ['.js', '.json', '.wxml'].map((ending) => page + ending),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
});
