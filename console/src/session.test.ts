import { expect, test, vi } from 'vitest';
import { MutationObserver } from '@tanstack/react-query';

test('what was sent, such as a password, is gone once what sent it is', async () => {
  vi.stubGlobal('window', { location: { origin: 'http://127.0.0.1' }, addEventListener: () => {} });
  const { queryClient } = await import('./session');
  const form = new MutationObserver(queryClient, { mutationFn: async (sent: { password: string }) => sent });
  const leave = form.subscribe(() => {});
  await form.mutate({ password: 'a-password-of-its-own' });
  leave();
  await vi.waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]));
});
