import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { createCommandKeys } from '../../command-keys';
import { Dialog } from '../../components/dialog';
import { Done } from '../../components/done';
import { Facts } from '../../components/facts';
import { Failure } from '../../components/failure';
import { readAgain } from '../../queries';
import { bodyOf, post, useMay } from '../../session';
import { formatTime, useTexts, useTextsOf, useWords } from '../../texts';
import { matterTexts } from '../../texts/matters';

type Matter = Schemas['ClerkMatter'];
type Person = Matter['persons'][number];

/** Everybody who must confirm, how far each is, and what a clerk can do for them. */
export function Persons({ matter: { persons, state } }: { matter: Matter }) {
  const words = useTextsOf(matterTexts);
  return (
    <section className="card stack">
      <h2>{words.persons}</h2>
      <ul className="cards persons">
        {persons.map((person) => (
          <OnePerson key={person.toDoId} person={person} isOpen={state === 'open'} />
        ))}
      </ul>
    </section>
  );
}

const stateColours: Partial<Record<Person['state'], string>> = {
  pending: 'processing',
  confirmed: 'success',
  carried: 'success',
  refused: 'error',
};

function OnePerson({ person, isOpen }: { person: Person; isOpen: boolean }) {
  const words = useTextsOf(matterTexts);
  const shared = useWords();
  const { toDoId, name, documentType, number, reference, roles, state } = person;
  const heading = `person-${toDoId}`;
  const isWaited = isOpen && state === 'pending';
  return (
    <li className="card">
      <article aria-labelledby={heading} className="stack">
        <h3 id={heading} className="long">
          <Tag color={stateColours[state] ?? 'default'}>{words.personStates[state]}</Tag>{' '}
          {words.personOf(name, reference)}
        </h3>
        <Facts
          rows={[
            [words.roles, roles.map((role) => shared.role(role)).join('、')],
            [
              words.document,
              <>
                {shared.document(documentType)} <span className="number">{number}</span>
              </>,
            ],
            [words.reference, <span className="number">{reference}</span>],
            [words.settledAt, person.settledAt && formatTime(person.settledAt)],
            [words.journey, <JourneyLink person={person} />],
          ]}
        />
        <Happened person={person} />
        {isWaited && <Actions person={person} />}
      </article>
    </li>
  );
}

function JourneyLink({ person: { journey } }: { person: Person }) {
  const words = useTextsOf(matterTexts);
  const { steps, causes } = useTexts();
  if (!journey) return <span className="hint">{words.noJourney}</span>;
  const { id, step, stuckCause, isOpen } = journey;
  return (
    <Link to="/journeys/$id" params={{ id }}>
      {!isOpen ? words.journeyEnded : stuckCause ? `${steps.stuck}：${causes[stuckCause]}` : steps[step]}
    </Link>
  );
}

/** What the person and clerks have said about it. */
function Happened({ person }: { person: Person }) {
  const words = useTextsOf(matterTexts);
  const { refusalReason, reissueRequestedAt, nameReportedAt, invitedAt, withdrawnConsents } = person;
  const lines = [
    refusalReason && words.refused(words.refusals[refusalReason]),
    reissueRequestedAt && words.reissued(formatTime(reissueRequestedAt)),
    nameReportedAt && words.nameReported(formatTime(nameReportedAt)),
    ...withdrawnConsents.map(({ kind, at }) => words.consentWithdrawn(words.consents[kind], formatTime(at))),
    invitedAt && words.invitedAt(formatTime(invitedAt)),
  ].filter((line) => line !== undefined && line !== '');
  if (lines.length === 0) return null;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Actions({ person }: { person: Person }) {
  const words = useTextsOf(matterTexts);
  const [mayDecide, mayPropose] = [useMay('decide'), useMay('propose')];
  const [keys] = useState(createCommandKeys);
  const [isAsked, setAsked] = useState(false);
  const { toDoId, mayBeInvited, name, reference } = person;
  const who = words.personOf(name, reference);
  const inviting = useMutation({
    mutationFn: () =>
      post('/api/clerk/to-dos/{toDoId}/invitation', {
        params: { path: { toDoId }, header: { 'Idempotency-Key': keys.keyOf({ toDoId }) } },
        body: {},
      }),
    onSettled: (_, error) => {
      keys.settle(error ?? undefined);
      readAgain('matter');
    },
  });
  if (!mayDecide && !mayPropose) return null;
  return (
    <>
      <div className="buttons">
        {mayDecide && (
          <Button
            size="small"
            disabled={!mayBeInvited}
            loading={inviting.isPending}
            aria-label={`${words.invite} ${who}`}
            onClick={() => inviting.mutate()}
          >
            {words.invite}
          </Button>
        )}
        {mayPropose && (
          <Button size="small" aria-label={`${words.onSite} ${who}`} onClick={() => setAsked(true)}>
            {words.onSite}
          </Button>
        )}
      </div>
      {mayDecide && <p className="hint">{words.inviteHint}</p>}
      {inviting.error && <Failure error={inviting.error} />}
      {inviting.isSuccess && <Done title={words.invited} />}
      {isAsked && <OnSite person={person} onClose={() => setAsked(false)} />}
    </>
  );
}

/** Opens the matter at the window for somebody without a phone, and leads to the journey that this begins. */
function OnSite({ person: { toDoId, name, reference }, onClose }: { person: Person; onClose: () => void }) {
  const words = useTextsOf(matterTexts);
  const navigate = useNavigate();
  const [keys] = useState(createCommandKeys);
  const opening = useMutation({
    mutationFn: () =>
      bodyOf(
        post('/api/clerk/to-dos/{toDoId}/on-site', {
          params: { path: { toDoId }, header: { 'Idempotency-Key': keys.keyOf({ toDoId }) } },
          body: {},
        }),
      ),
    onSuccess(journey) {
      keys.settle();
      readAgain('matter', 'worklist', 'counts');
      void navigate({ to: '/journeys/$id', params: { id: journey.id } });
    },
    onError: (error) => keys.settle(error),
  });
  return (
    <Dialog title={words.onSiteTitle} onClose={onClose}>
      <div className="stack">
        <p>{words.onSiteAbout(words.personOf(name, reference))}</p>
        {opening.error && <Failure error={opening.error} />}
        <div className="buttons">
          <Button type="primary" loading={opening.isPending} onClick={() => opening.mutate()}>
            {words.onSiteOpen}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
}
