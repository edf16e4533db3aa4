import { createHash, randomBytes } from 'node:crypto';
import { sha256Of } from '../../miniapp/src/sha256';

it.each([0, 1, 55, 56, 63, 64, 65, 119, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 1_000_000])(
  'the hash of %i bytes is that of node:crypto',
  async (size) => {
    const file = randomBytes(size);
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + size);
    expect(await sha256Of(bytes)).toBe(createHash('sha256').update(file).digest('hex'));
  },
);
