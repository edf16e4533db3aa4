import type { MatterContent } from '../domain/matter';

/** A matter with one person, to be changed by a test. */
export function matterOf(changes: Partial<MatterContent> = {}): MatterContent {
  return {
    version: 1,
    authority: '110105',
    kind: 'establishment',
    entity: { name: '北京试验有限公司' },
    sections: [{ title: '基本信息', fields: [{ label: '住所', value: '试验路1号' }] }],
    documents: [{ name: '章程', sha256: 'a'.repeat(64) }],
    persons: [personOf({})],
    ...changes,
  };
}

export function personOf(
  changes: Partial<MatterContent['persons'][number]>,
): MatterContent['persons'][number] {
  return {
    reference: 'P-1',
    name: '试验甲',
    document: { type: 'resident-id', number: '110101190001010014' },
    roles: ['legal-representative', 'shareholder'],
    ...changes,
  };
}
