import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries } from '../../queries';
import { formatTime, useTextsOf } from '../../texts';
import { flagTexts } from '../../texts/flags';
import { SharingGraph } from './graph';
import { FlagFacts, Reviewing } from './reviewing';

type Causes = Schemas['FlagCauses'];

const route = getRouteApi('/flags/$flag');

/** One flag: what raised it, and its review. */
export function FlagPage() {
  const words = useTextsOf(flagTexts);
  const { flag } = route.useParams();
  const query = useQuery(queries.flag(flag));
  return (
    <>
      <PageTitle>{words.causesTitle}</PageTitle>
      <Loaded query={query}>
        {({ flag: shown, sightings, checks }) => (
          <div className="stack">
            <section className="card stack">
              <h2>
                <Tag color={shown.severity === 'severe' ? 'error' : 'default'}>
                  {words.severities[shown.severity]}
                </Tag>{' '}
                {words.kinds[shown.kind]}
              </h2>
              <FlagFacts flag={shown} />
              <Reviewing flag={shown} />
            </section>
            {isAboutSharing(shown.kind) && <Sharing sightings={sightings} />}
            <Checks checks={checks} />
          </div>
        )}
      </Loaded>
    </>
  );
}

const isAboutSharing = (kind: Schemas['Flag']['kind']) => kind !== 'scores-apart';

function Sharing({ sightings }: { sightings: Causes['sightings'] }) {
  const words = useTextsOf(flagTexts);
  const nameOf = (person: number) => (person === 1 ? words.thisPerson : words.onePerson(person));
  return (
    <section className="card stack">
      <h2>{words.graph}</h2>
      <p className="hint">{words.causesAbout}</p>
      {sightings.length === 0 ? (
        <p>{words.noSightings}</p>
      ) : (
        <>
          <SharingGraph sightings={sightings} nameOf={nameOf} />
          <table>
            <thead>
              <tr>
                <th scope="col">{words.thing}</th>
                <th scope="col">{words.who}</th>
                <th scope="col">{words.checks}</th>
                <th scope="col">{words.first}</th>
                <th scope="col">{words.last}</th>
              </tr>
            </thead>
            <tbody>
              {sightings.map(({ kind, thing, person, checks, firstAt, lastAt, journeyId }) => (
                <tr key={`${kind} ${thing} ${person}`}>
                  <td>{words.things[kind](thing)}</td>
                  <th scope="row">
                    {journeyId ? (
                      <Link to="/journeys/$id" params={{ id: journeyId }}>
                        {nameOf(person)}
                      </Link>
                    ) : (
                      nameOf(person)
                    )}
                  </th>
                  <td>{words.times(checks)}</td>
                  <td>{formatTime(firstAt)}</td>
                  <td>{formatTime(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Checks({ checks }: { checks: Causes['checks'] }) {
  const words = useTextsOf(flagTexts);
  return (
    <section className="card stack">
      <h2>{words.ownChecks}</h2>
      {checks.length === 0 ? (
        <p>{words.noChecks}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.at}</th>
              <th scope="col">{words.purpose}</th>
              <th scope="col">{words.score}</th>
              <th scope="col">{words.attack}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ purpose, at, score, isAttack }) => (
              <tr key={at}>
                <th scope="row">{formatTime(at)}</th>
                <td>{words.purposes[purpose]}</td>
                <td>{score}</td>
                <td>{isAttack && <Tag color="error">{words.attackReported}</Tag>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
