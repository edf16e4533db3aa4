import { textShownTo } from './matter';
import type { MatterContent, MatterPerson } from './matter';

const person: MatterPerson = {
  reference: 'P-1',
  name: '张三',
  document: { type: 'resident-id', number: '11010119001111006X' },
  roles: ['shareholder', 'director'],
};
const shared = {
  authority: '110105',
  kind: 'change',
  entity: { name: '某某公司' },
  sections: [{ title: '变更事项', fields: [{ label: '住所', value: '试验路1号' }] }],
  documents: [{ name: '章程', sha256: 'a'.repeat(64) }],
} satisfies Partial<MatterContent>;
const matter: MatterContent = { ...shared, version: 1, persons: [person] };

it('shows a person the whole matter and their own part, without any number', () => {
  expect(textShownTo(matter, person)).toEqual({
    ...shared,
    person: { name: '张三', documentType: 'resident-id', roles: ['director', 'shareholder'] },
  });
});

it('stays the same in a new version, whatever the order of the roles', () => {
  const again = { ...person, roles: person.roles.toReversed() };
  expect(textShownTo({ ...matter, version: 2 }, again)).toEqual(textShownTo(matter, person));
  expect(person.roles).toEqual(['shareholder', 'director']);
});
