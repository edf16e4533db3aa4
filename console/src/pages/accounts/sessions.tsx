import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Schemas } from '../../client';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/failure';
import { Loaded } from '../../components/loaded';
import { queries, readAgain } from '../../queries';
import { post } from '../../session';
import { formatTime, useTextsOf } from '../../texts';
import { accountTexts } from '../../texts/accounts';

/** The sessions of another's account, each of which an admin can end. */
export function SessionsOf({
  account: { id, login },
  onClose,
}: {
  account: Schemas['ClerkAccount'];
  onClose: () => void;
}) {
  const words = useTextsOf(accountTexts);
  const query = useQuery(queries.sessionsOf(id));
  const ending = useMutation({
    mutationFn: async (session: string | undefined) =>
      session === undefined
        ? await post('/api/clerk/clerks/{clerkId}/sessions/end', {
            params: { path: { clerkId: id } },
            body: {},
          })
        : await post('/api/clerk/clerks/{clerkId}/sessions/{sessionId}/end', {
            params: { path: { clerkId: id, sessionId: session } },
            body: {},
          }),
    onSettled: () => readAgain('sessions-of'),
  });
  return (
    <Dialog title={words.sessionsOf(login)} onClose={onClose}>
      <div className="stack">
        <Loaded query={query} empty={({ sessions }) => (sessions.length > 0 ? undefined : words.noSessions)}>
          {({ sessions }) => (
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.began}</th>
                  <th scope="col">{words.usedAt}</th>
                  <th scope="col">{words.endsAt}</th>
                  <th scope="col">{words.end}</th>
                </tr>
              </thead>
              <tbody>
                {sessions.map((session) => (
                  <tr key={session.id}>
                    <th scope="row">{formatTime(session.beganAt)}</th>
                    <td>{formatTime(session.usedAt)}</td>
                    <td>{formatTime(session.expiresAt)}</td>
                    <td>
                      <Button
                        size="small"
                        loading={ending.isPending}
                        onClick={() => ending.mutate(session.id)}
                      >
                        {words.end}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
        {ending.error && <Failure error={ending.error} />}
        <div className="buttons">
          {(query.data?.sessions.length ?? 0) > 0 && (
            <Button danger loading={ending.isPending} onClick={() => ending.mutate(undefined)}>
              {words.endAll}
            </Button>
          )}
          <Button onClick={onClose}>{words.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}
