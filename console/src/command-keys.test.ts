import { expect, test } from 'vitest';
import { ApiFailure } from './client';
import { createCommandKeys } from './command-keys';

const counted = () => {
  let count = 0;
  return createCommandKeys(() => `key-${(count += 1)}`);
};

test('a command whose outcome is unknown goes out again under the same key', () => {
  const keys = counted();
  expect(keys.keyOf({ revision: 1 })).toBe('key-1');
  keys.settle(new ApiFailure('unreachable'));
  expect(keys.keyOf({ revision: 1 })).toBe('key-1');
});

test.each([
  ['after it was done', undefined],
  ['after it was refused', new ApiFailure('window_code_wrong')],
])('%s the same content is a new command', (_, error) => {
  const keys = counted();
  keys.keyOf({ revision: 1 });
  keys.settle(error);
  expect(keys.keyOf({ revision: 1 })).toBe('key-2');
});

test('another content is another command', () => {
  const keys = counted();
  keys.keyOf({ revision: 1 });
  keys.settle(new ApiFailure('temporarily_unavailable'));
  expect(keys.keyOf({ revision: 2 })).toBe('key-2');
});
