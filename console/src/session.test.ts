import { expect, test, vi } from 'vitest';
import { MutationObserver } from '@tanstack/react-query';
import { queryClient } from './session';

// Before the import, which asks the browser where it is.
vi.hoisted(() =>
  vi.stubGlobal('window', { location: { origin: 'http://127.0.0.1' }, addEventListener: () => {} }),
);

test('what was sent, such as a password, is gone once what sent it is', async () => {
  const form = new MutationObserver(queryClient, { mutationFn: async (sent: { password: string }) => sent });
  const leave = form.subscribe(() => {});
  await form.mutate({ password: 'a-password-of-its-own' });
  leave();
  await vi.waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]));
});
