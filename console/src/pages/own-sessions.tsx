import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import type { Schemas } from '../client';
import { Failure } from '../components/failure';
import { Loaded } from '../components/loaded';
import { queries, readAgain } from '../queries';
import { post, queryClient, sessionStore } from '../session';
import { formatTime, useTextsOf } from '../texts';
import { securityTexts } from '../texts/security';

/** The own sessions, each of which can be ended. */
export function OwnSessions() {
  const words = useTextsOf(securityTexts);
  const query = useQuery(queries.ownSessions());
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => post('/api/clerk/own-sessions/end', { body: {} }),
    onSuccess() {
      queryClient.clear();
      sessionStore.end();
    },
  });
  return (
    <section className="stack">
      <h2>{words.sessions}</h2>
      <p className="hint">{words.sessionsAbout}</p>
      <Loaded query={query}>
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
                <Row key={session.id} session={session} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {error && <Failure error={error} />}
      <div>
        <Button loading={isPending} onClick={() => mutate()}>
          {words.endAll}
        </Button>
      </div>
    </section>
  );
}

function Row({
  session: { id, beganAt, usedAt, expiresAt, isThisOne },
}: {
  session: Schemas['ListedClerkSession'];
}) {
  const words = useTextsOf(securityTexts);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      post('/api/clerk/own-sessions/{sessionId}/end', { params: { path: { sessionId: id } }, body: {} }),
    onSettled: () => readAgain('own-sessions'),
  });
  return (
    <tr>
      <th scope="row">{formatTime(beganAt)}</th>
      <td>{formatTime(usedAt)}</td>
      <td>{formatTime(expiresAt)}</td>
      <td>
        {isThisOne ? (
          <Tag color="green">{words.thisSession}</Tag>
        ) : (
          <Button size="small" loading={isPending} onClick={() => mutate()}>
            {words.end}
          </Button>
        )}
        {error && <Failure error={error} />}
      </td>
    </tr>
  );
}
