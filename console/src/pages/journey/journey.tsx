import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Journey } from '../../client';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { useKeys } from '../../keys';
import { queries } from '../../queries';
import { formatAge, formatTime, useTexts } from '../../texts';
import { nextOf } from '../worklist-rows';
import { Deciding } from './deciding';
import { PersonAndMatter } from './person';
import { Seen } from './seen';
import { Story } from './story-list';

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
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        {cause && <Tag color="warning">{texts.causes[cause]}</Tag>}
        <div className="tools">
          <Button onClick={() => void query.refetch()} loading={query.isFetching}>
            {words.refresh}
          </Button>
          <NextCase id={id} />
        </div>
      </div>
      <Loaded query={query}>{(journey) => <Columns journey={journey} />}</Loaded>
    </>
  );
}

function Columns({ journey }: { journey: Journey }) {
  const texts = useTexts();
  const { stuck } = journey;
  return (
    <div className="columns">
      <div className="stack">
        <PersonAndMatter journey={journey} />
        <Story journey={journey} />
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
            <p>{texts.causeMeanings[stuck.cause]}</p>
          </section>
        )}
        <Seen journey={journey} />
      </div>
      <Deciding journey={journey} />
    </div>
  );
}

/** Leads to what waits next in the list from which this journey was opened. */
function NextCase({ id }: { id: string }) {
  const { journey: words } = useTexts();
  const filters = route.useSearch();
  const navigate = useNavigate();
  const { data } = useInfiniteQuery(queries.worklist(filters));
  const next = nextOf(data?.pages.flatMap(({ entries }) => entries) ?? [], id)?.journey;
  useKeys({
    nextCase: () => next && void navigate({ to: '/journeys/$id', params: { id: next }, search: filters }),
  });
  if (!next) return <span className="hint">{data && words.noNext}</span>;
  return (
    <Link to="/journeys/$id" params={{ id: next }} search={filters} aria-keyshortcuts="n" className="button">
      {words.next}
    </Link>
  );
}
