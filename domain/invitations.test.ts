import { rejectionOfInvitation } from './invitations';
import type { Invitable } from './invitations';

const now = new Date('2026-11-29T02:00:00.000Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const toDo: Invitable = { state: 'pending', matterState: 'open', expiresAt: minutes(1), invitedAt: null };

it.each<[string, Partial<Invitable>, string | undefined]>([
  ['never before', {}, undefined],
  ['an hour after the last', { invitedAt: minutes(-60) }, undefined],
  ['within the hour', { invitedAt: minutes(-59) }, 'invited_lately'],
  ['to a person who has confirmed', { state: 'confirmed' }, 'invitation_over'],
  ['to a person who has refused', { state: 'refused' }, 'invitation_over'],
  ['of a matter that was withdrawn', { matterState: 'withdrawn' }, 'invitation_over'],
  ['of a matter that is over', { expiresAt: now }, 'invitation_over'],
])('an invitation is sent again %s', (_, changes, code) => {
  expect(rejectionOfInvitation({ ...toDo, ...changes }, now)?.code).toBe(code);
});

it('says from when on it can be sent', () => {
  const rejection = rejectionOfInvitation({ ...toDo, invitedAt: minutes(-20) }, now);
  expect(rejection).toEqual({ code: 'invited_lately', retryAt: minutes(40) });
});
