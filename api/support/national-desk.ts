import { readFileSync } from 'node:fs';
import type { AuthorityContact } from '../../db/matters/authorities';
import { ConfigError } from '../../platform/config';
import { authorityContactSchema } from '../registry/authorities';

/**
 * Where people find the national desk, which serves a journey that belongs to no authority yet.
 * @throws ConfigError if the file is not there, or is not the JSON of a contact
 */
export function readNationalDesk(file: string | undefined): AuthorityContact | undefined {
  if (file === undefined) return undefined;
  const rejection = (code: string) => new ConfigError([{ variable: 'NATIONAL_DESK_FILE', code }]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw rejection('file_not_readable');
  }
  const { data } = authorityContactSchema.safeParse(parsed(text));
  if (!data) throw rejection('not_a_contact');
  return data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
