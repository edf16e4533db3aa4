import { needsFullAge, roleNames } from './roles';

it('minors can be shareholders, and nothing that 公司法 art. 178 keeps from them', () => {
  expect(roleNames.filter(needsFullAge)).toEqual([
    'legal-representative',
    'director',
    'supervisor',
    'manager',
    'finance-officer',
  ]);
});
