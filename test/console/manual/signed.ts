import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../setup/stage';
import type { Manual } from './chapters';

const samples = join(__dirname, '../../../samples');
const read = (file: string): unknown => JSON.parse(readFileSync(join(samples, file), 'utf8'));

interface Person {
  account: string;
  name: string;
  document: { number: string };
}
export const persons = read('persons.json') as Person[];

export const SIGNED_MATTER = '2026-110105-0007';

/** Pushes a matter that one person confirms by phone and another has not. @returns the journey of the former */
export async function signedBy(stage: Stage, strand: Manual['strand']): Promise<string> {
  const { matter } = read('matters/sample-0001.json') as { matter: object };
  const named = ['tester-7', 'tester-14'].map((account, at) => {
    const { name, document } = persons.find((one) => one.account === account)!;
    return { reference: `P-${at + 1}`, name, document, roles: ['shareholder'] };
  });
  const entity = { name: '北京沙箱丁信息技术有限公司' };
  await stage.push(SIGNED_MATTER, { ...matter, entity, persons: named });
  return (await strand('tester-7', 'signed')).journey;
}
