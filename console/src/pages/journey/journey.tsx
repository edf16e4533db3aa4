import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { getRouteApi } from '@tanstack/react-router';
import type { Journey } from '../../client';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries } from '../../queries';
import { formatAge, formatTime, useTexts, useTextsOf } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { useNextJourney } from '../next-journey';
import { ClaimBar } from './claim/claim-bar';
import { goesOn, Next } from './claim/next';
import { Notes } from './claim/notes';
import { useClaim } from './claim/use-claim';
import type { Claim } from './claim/use-claim';
import { Deciding } from './deciding';
import { FullPerson } from './full-person';
import { PersonAndMatter } from './person';
import { Portraits } from './portraits';
import { KeptScan } from './scan-view';
import { Seen } from './seen';
import { Story } from './story';

const route = getRouteApi('/journeys/$id');

/** One journey: what happened, what the person sees now, and what can be done. */
export function JourneyPage() {
  const { id } = route.useParams();
  // A journey of its own is a page of its own: nothing that was typed for one is taken along to the next.
  return <OneJourney key={id} id={id} />;
}

function OneJourney({ id }: { id: string }) {
  const texts = useTexts();
  const { journey: words } = texts;
  const query = useQuery(queries.journey(id));
  const cause = query.data?.stuck?.cause;
  const claim = useClaim(id, query.data);
  const next = useNextJourney();
  const decided = (said: string) => goesOn() && next.mutate({ said, journey: id });
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        {cause && <Tag color="warning">{texts.causes[cause]}</Tag>}
        <div className="tools">
          <Button onClick={() => void query.refetch()} loading={query.isFetching}>
            {words.refresh}
          </Button>
          <Next next={next} />
        </div>
      </div>
      <Loaded query={query}>
        {(journey) => (
          <>
            <ClaimBar journey={journey} claim={claim} />
            <Columns journey={journey} claim={claim} onDecided={decided} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Columns({
  journey,
  claim: { standing },
  onDecided,
}: {
  journey: Journey;
  claim: Claim;
  onDecided: (said: string) => void;
}) {
  const texts = useTexts();
  const words = useTextsOf(journeyTexts);
  const { stuck, workflow } = journey;
  // Of the document that another clerk has seen.
  const paperHash = journey.proposal?.paperHash;
  return (
    <FullPerson journey={journey}>
      <div className="columns journey">
        <div className="stack">
          <Story journey={journey} />
          <Notes journey={journey} />
        </div>
        <div className="stack">
          {stuck && (
            <section className="card">
              <h2>{texts.journey.why}</h2>
              <p>
                <strong>{texts.causes[stuck.cause]}</strong>{' '}
                <time dateTime={stuck.since}>
                  {texts.journey.since(formatTime(stuck.since))}（
                  {formatAge(Date.now() - Date.parse(stuck.since), texts)}）
                </time>
              </p>
              <p>{words.causeMeanings[stuck.cause]}</p>
              {workflow && (
                <p>
                  <a href={workflow} target="_blank" rel="noreferrer">
                    {words.workflow}
                  </a>
                </p>
              )}
            </section>
          )}
          <Seen journey={journey} />
          <PersonAndMatter journey={journey} />
          <Portraits
            beside={paperHash && <KeptScan journey={journey.id} sha256={paperHash} from="proposer" />}
          />
        </div>
        <Deciding
          journey={journey}
          isLocked={standing !== 'own' && standing !== 'none'}
          onDecided={onDecided}
        />
      </div>
    </FullPerson>
  );
}
