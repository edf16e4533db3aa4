import { rejectionOfToDo } from './to-dos';
import type { ToDoRejection } from './to-dos';

const expiresAt = new Date('2026-11-27T12:00:00Z');
const before = new Date(expiresAt.getTime() - 1);
const toDo = {
  state: 'pending' as const,
  textHash: 'text',
  matchKey: '试验甲',
  matter: { state: 'open' as const, expiresAt },
};
const displayed = { textHash: 'text', matchKey: '试验甲' };
const withdrawn = { state: 'withdrawn' as const, expiresAt };

type Changes = Partial<Omit<Parameters<typeof rejectionOfToDo>[0], 'matter'>> & { matter?: typeof withdrawn };

it.each<[string, Changes, ToDoRejection | undefined]>([
  ['as it was shown', {}, undefined],
  ['confirmed already', { state: 'confirmed' }, 'to_do_settled'],
  ['refused already', { state: 'refused' }, 'to_do_settled'],
  ['void, of a matter that is open', { state: 'void' }, 'to_do_settled'],
  ['void, of a matter that was withdrawn', { state: 'void', matter: withdrawn }, 'matter_closed'],
  ['of a matter that was withdrawn', { matter: withdrawn }, 'matter_closed'],
  ['of a matter that was erased', { matchKey: undefined }, 'matter_closed'],
  ['with another text', { textHash: 'another' }, 'matter_changed'],
  ['of another name', { matchKey: '试验乙' }, 'name_differs'],
  ['with another text and another name', { textHash: 'another', matchKey: '试验乙' }, 'matter_changed'],
])('a to-do %s', (_, changes, rejection) => {
  expect(rejectionOfToDo({ ...toDo, ...changes }, displayed, before)).toBe(rejection);
});

it('can be confirmed until its matter expires', () => {
  expect(rejectionOfToDo(toDo, displayed, expiresAt)).toBe('matter_closed');
});
