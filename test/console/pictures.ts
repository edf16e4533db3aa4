import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runOptions } from '../setup/run-options';
import type { BrowserClerk } from './browser-clerk';

/** `npm test -- --pictures FOLDER test/console` keeps pictures to look at. */
export async function keepPicture(clerk: BrowserClerk, name: string): Promise<void> {
  const { picturesTo } = runOptions();
  if (!picturesTo) return;
  mkdirSync(picturesTo, { recursive: true });
  await clerk.page.screenshot({ path: join(picturesTo, `${name}.png`) });
}
