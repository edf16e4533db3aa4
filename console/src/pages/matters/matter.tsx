import { useQuery } from '@tanstack/react-query';
import { Alert, Tag } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { Authority } from '../../components/authority';
import { Facts } from '../../components/facts';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries } from '../../queries';
import { formatTime, useTextsOf, useWords } from '../../texts';
import { flagTexts } from '../../texts/flags';
import { matterTexts } from '../../texts/matters';
import { Callbacks } from './callbacks';
import { EvidenceList } from './evidence';
import { Persons } from './persons';
import '../actions/actions.css';
import './matters.css';

type Matter = Schemas['ClerkMatter'];

const route = getRouteApi('/matters/$registry/$externalId');

/** A matter: where it stands, its persons, what proves their confirmations, and what the registration system was told. */
export function MatterPage() {
  const words = useTextsOf(matterTexts);
  const { registry, externalId } = route.useParams();
  const query = useQuery(queries.matter(registry, externalId));
  return (
    <>
      <PageTitle>{words.one}</PageTitle>
      <Loaded query={query}>
        {(matter) => (
          <div className="stack">
            <Summary matter={matter} />
            <Persons matter={matter} />
            <Flags flags={matter.flags} />
            <EvidenceList matter={matter} />
            <Callbacks matter={matter} />
          </div>
        )}
      </Loaded>
    </>
  );
}

const stateColours: Partial<Record<Matter['state'], string>> = {
  open: 'processing',
  confirmed: 'success',
  refused: 'error',
  frozen: 'error',
};

function Summary({ matter }: { matter: Matter }) {
  const words = useTextsOf(matterTexts);
  const shared = useWords();
  const { state, version, kind, authority, externalId, entity, earlierVersions, registryName } = matter;
  const { pushedAt, expiresAt, decidedAt, holdReason } = matter;
  return (
    <section className="card stack">
      <h2 className="long">
        <Tag color={stateColours[state] ?? 'default'}>{words.states[state]}</Tag> {entity}
      </h2>
      {holdReason && <Alert type="warning" showIcon title={words.holds[holdReason]} />}
      <Facts
        rows={[
          [words.number, <span className="number">{externalId}</span>],
          [words.version, words.versionOf(version)],
          [words.kind, shared.kind(kind)],
          [words.authority, <Authority code={authority} />],
          [words.registry, registryName],
          [words.pushedAt, formatTime(pushedAt)],
          [words.expiresAt, state === 'open' ? formatTime(expiresAt) : undefined],
          [words.decidedAt, decidedAt && formatTime(decidedAt)],
          [
            words.earlier,
            earlierVersions.length > 0
              ? earlierVersions
                  .map(
                    (one) =>
                      `${words.versionOf(one.version)} ${formatTime(one.pushedAt)} ${words.states[one.state]}`,
                  )
                  .join('；')
              : undefined,
          ],
        ]}
      />
    </section>
  );
}

function Flags({ flags }: { flags: Matter['flags'] }) {
  const words = useTextsOf(matterTexts);
  const flagWords = useTextsOf(flagTexts);
  return (
    <section className="card stack">
      <h2>{words.flags}</h2>
      {flags.length === 0 && <p className="hint">{words.noFlags}</p>}
      <ul className="stack">
        {flags.map(({ id, kind, severity, reference, raisedAt, verdict, reviewedAt }) => (
          <li key={id}>
            <Tag color={severity === 'severe' ? 'error' : 'default'}>{flagWords.severities[severity]}</Tag>{' '}
            {flagWords.kinds[kind]}（{reference}，{formatTime(raisedAt)}）
            {verdict &&
              reviewedAt &&
              ` ${flagWords.reviewed(flagWords.verdicts[verdict], formatTime(reviewedAt))} `}
            <Link to="/flags/$flag" params={{ flag: id }}>
              {words.toFlag}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
