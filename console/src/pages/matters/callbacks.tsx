import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { shanghaiSecond } from '../../../../domain/shanghai-time';
import type { Schemas } from '../../client';
import { Done } from '../../components/done';
import { Failure } from '../../components/failure';
import { readAgain } from '../../queries';
import { post, useMay } from '../../session';
import { formatTime, useTextsOf } from '../../texts';
import { matterTexts } from '../../texts/matters';

type Matter = Schemas['ClerkMatter'];
type Callback = Matter['callbacks'][number];

/** What the registration system was told, each with the tries to deliver it. */
export function Callbacks({ matter: { matter, callbacks, callbacksStoppedAt } }: { matter: Matter }) {
  const words = useTextsOf(matterTexts);
  const mayDecide = useMay('decide');
  const replaying = useMutation({
    mutationFn: () =>
      post('/api/clerk/undelivered-callbacks/{matter}/replay', { params: { path: { matter } }, body: {} }),
    onSettled: () => readAgain('matter'),
  });
  const isWaiting = callbacks.some(({ state }) => state === 'waiting' || state === 'stopped');
  return (
    <section className="card stack">
      <h2>{words.callbacks}</h2>
      {callbacksStoppedAt && (
        <p className="defect">{words.callbacksStopped(formatTime(callbacksStoppedAt))}</p>
      )}
      {mayDecide && isWaiting && (
        <>
          <div>
            <Button loading={replaying.isPending} onClick={() => replaying.mutate()}>
              {words.replay}
            </Button>
          </div>
          <p className="hint">{words.replayHint}</p>
        </>
      )}
      {replaying.error && <Failure error={replaying.error} />}
      {replaying.isSuccess && <Done title={words.replayed} />}
      {callbacks.length === 0 ? (
        <p className="hint">{words.noCallbacks}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.event}</th>
              <th scope="col">{words.about}</th>
              <th scope="col">{words.occurredAt}</th>
              <th scope="col">{words.delivery}</th>
              <th scope="col">{words.tries}</th>
            </tr>
          </thead>
          <tbody>
            {callbacks.map((callback) => (
              <Row key={callback.id} callback={callback} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const colours: Record<Callback['state'], string> = {
  waiting: 'warning',
  acknowledged: 'success',
  stopped: 'error',
  'feed-only': 'default',
};

function Row({
  callback: { event, references, createdAt, state, acknowledgedAt, tries },
}: {
  callback: Callback;
}) {
  const words = useTextsOf(matterTexts);
  return (
    <tr>
      <th scope="row">{words.events[event]}</th>
      <td className="number long">{references.join(' ')}</td>
      <td>
        <time dateTime={createdAt}>{formatTime(createdAt)}</time>
      </td>
      <td>
        <Tag color={colours[state]}>{words.deliveries[state]}</Tag>{' '}
        {acknowledgedAt && <time dateTime={acknowledgedAt}>{formatTime(acknowledgedAt)}</time>}
      </td>
      <td>
        {tries.length === 0 && state !== 'feed-only' && <span className="hint">{words.noTries}</span>}
        <ul>
          {tries.map(({ at, outcome, status, nextAt }, place) => (
            <li key={at}>
              {words.triedAt(shanghaiSecond(new Date(at)), words.outcomes[outcome], status)}
              {place === 0 && nextAt && state === 'waiting' && (
                <small>，{words.nextTry(shanghaiSecond(new Date(nextAt)))}</small>
              )}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
