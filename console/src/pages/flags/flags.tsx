import { useInfiniteQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { ListingSwitch } from '../../components/listing-switch';
import { Loaded } from '../../components/loaded';
import { More } from '../../components/more';
import { PageTitle } from '../../components/page-title';
import { useRowKeys } from '../../keys';
import { queries } from '../../queries';
import { useTextsOf } from '../../texts';
import { flagTexts } from '../../texts/flags';
import { FlagFacts, Reviewing } from './reviewing';

type Flag = Schemas['Flag'];

const route = getRouteApi('/flags');

/** Signs that somebody else confirmed in a person's name, and their reviews. */
export function Flags() {
  const words = useTextsOf(flagTexts);
  const { all = false } = route.useSearch();
  const query = useInfiniteQuery(queries.flags(all));
  const flags = query.data?.pages.flatMap((page) => page.flags) ?? [];
  useRowKeys();
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        <ListingSwitch to="/flags" open={words.open} all={words.all} />
      </div>
      <Loaded query={query} empty={() => (flags.length > 0 ? undefined : all ? words.emptyAll : words.empty)}>
        {() => (
          <ul className="cards">
            {flags.map((flag) => (
              <OneFlag key={flag.id} flag={flag} />
            ))}
          </ul>
        )}
      </Loaded>
      <More query={query} />
    </>
  );
}

function OneFlag({ flag }: { flag: Flag }) {
  const words = useTextsOf(flagTexts);
  const heading = `flag-${flag.id}`;
  return (
    <li className="card">
      <article aria-labelledby={heading} className="stack">
        <h2 id={heading} tabIndex={-1} data-row="">
          <Tag color={flag.severity === 'severe' ? 'error' : 'default'}>
            {words.severities[flag.severity]}
          </Tag>{' '}
          {words.kinds[flag.kind]}
        </h2>
        <FlagFacts flag={flag} />
        <p>
          <Link to="/flags/$flag" params={{ flag: flag.id }}>
            {words.causes}
          </Link>
        </p>
        <Reviewing flag={flag} />
      </article>
    </li>
  );
}
