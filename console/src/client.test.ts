import { expect, test } from 'vitest';
import { createApi } from './client';
import type { Session } from './client';
import { createSessionStore } from './session-store';

const session = (csrfToken: string, id = 'one'): Session => ({
  csrfToken,
  clerk: { id, login: 'clerk-1', name: '经办', role: 'clerk', scope: [] },
  mustChangePassword: false,
  expiresAt: '2026-11-28T00:00:00.000Z',
});

const refusal = (status: number, code: string) =>
  new Response(JSON.stringify({ error: { code, message: '……', requestId: 'r' } }), { status });

/** An api that answers one after the other, and tells what it was asked. */
function answering(...answers: (Response | Error)[]) {
  let isAttended = true;
  const store = createSessionStore();
  store.open(session('token-1'));
  const asked: string[] = [];
  const backgrounds: (string | null)[] = [];
  const api = createApi({
    session: store,
    origin: 'http://console.test',
    isAttended: () => isAttended,
    async fetch(request) {
      asked.push(
        `${request.method} ${new URL(request.url).pathname} ${request.headers.get('X-CSRF-Token') ?? '-'}`,
      );
      backgrounds.push(request.headers.get('X-Background'));
      const answer = answers.shift() ?? new Error('No answer is left.');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const leave = () => void (isAttended = false);
  return { api, store, asked, backgrounds, leave };
}

const change = (api: ReturnType<typeof answering>['api']) => api.post('/api/clerk/session/end', { body: {} });

test('the token goes with every change and with no look', async () => {
  const { api, asked } = answering(new Response(null, { status: 204 }), Response.json(session('token-1')));
  await change(api);
  await api.get('/api/clerk/session');
  expect(asked).toEqual(['POST /api/clerk/session/end token-1', 'GET /api/clerk/session -']);
});

test('what nobody asked for says so', async () => {
  const { api, backgrounds, leave } = answering(
    Response.json(session('token-1')),
    Response.json(session('token-1')),
  );
  await api.get('/api/clerk/session');
  leave();
  await api.get('/api/clerk/session');
  expect(backgrounds).toEqual([null, 'true']);
});

test('a token that another tab has replaced is renewed once, for the same clerk', async () => {
  const again = answering(
    refusal(403, 'csrf_missing'),
    Response.json(session('token-2')),
    new Response(null, { status: 204 }),
  );
  await change(again.api);
  expect(again.asked.at(-1)).toBe('POST /api/clerk/session/end token-2');
  const other = answering(refusal(403, 'csrf_missing'), Response.json(session('token-2', 'another')));
  await expect(change(other.api)).rejects.toMatchObject({ code: 'csrf_missing' });
});

test('a session that has ended is lost, and stays known', async () => {
  const { api, store } = answering(refusal(401, 'not_signed_in'));
  await expect(change(api)).rejects.toMatchObject({ code: 'not_signed_in', sentence: '……' });
  expect(store.state()).toMatchObject({ kind: 'lost', session: { clerk: { id: 'one' } } });
});

test.each([
  ['no answer', new Error('offline')],
  ['the page of a proxy', new Response('<html>', { status: 502 })],
])('%s is unreachable', async (_, answer) => {
  const { api } = answering(answer);
  await expect(change(api)).rejects.toMatchObject({ code: 'unreachable' });
});

test('a page stays covered until the last step of signing in is done', () => {
  const store = createSessionStore();
  store.open(session('token-1'));
  store.lose();
  store.open({ ...session('token-2'), mustChangePassword: true });
  expect(store.state().kind).toBe('lost');
  store.open(session('token-3'));
  expect(store.state().kind).toBe('signed-in');
});
