import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const provenance = z.object({ commit: z.string(), sources: z.string() });

/**
 * What the build says of itself, for the first line of the log.
 * @param dist the folder of the build; `npm run dev` writes no provenance there
 */
export function readProvenance(dist: string): Partial<z.infer<typeof provenance>> {
  const file = join(dist, 'provenance.json');
  return existsSync(file) ? provenance.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}
