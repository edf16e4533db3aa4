import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import { flagVerdicts } from '../../../domain/flags';
import type { FlagVerdict } from '../../../domain/flags';
import type { Schemas } from '../client';
import { Facts } from '../components/facts';
import { Failure } from '../components/failure';
import { ListingSwitch } from '../components/listing-switch';
import { Loaded } from '../components/loaded';
import { More } from '../components/more';
import { PageTitle } from '../components/page-title';
import { useRowKeys } from '../keys';
import { queries, readAgain } from '../queries';
import { post, useMay } from '../session';
import { formatTime, useTexts, useWords } from '../texts';

type Flag = Schemas['Flag'];

const route = getRouteApi('/flags');

/** Signs that somebody else confirmed in a person's name, and their reviews. */
export function Flags() {
  const { flags: words } = useTexts();
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
  const { flags: words, flagKinds } = useTexts();
  const shared = useWords();
  const { kind, severity, raisedAt, reviewedAt, verdict, matter, reference, roles, journeyId } = flag;
  const heading = `flag-${flag.id}`;
  return (
    <li className="card">
      <article aria-labelledby={heading}>
        <h2 id={heading} tabIndex={-1} data-row="">
          <Tag color={severity === 'severe' ? 'error' : 'default'}>{words.severities[severity]}</Tag>{' '}
          {flagKinds[kind]}
        </h2>
        <Facts
          rows={[
            [
              words.matter,
              `${shared.kind(matter.kind)} ${matter.registry} ${matter.externalId} ${words.version(matter.version)}`,
            ],
            [words.person, `${reference}（${roles.map((role) => shared.role(role)).join('、')}）`],
            [words.raisedAt, formatTime(raisedAt)],
          ]}
        />
        {journeyId && (
          <p>
            <Link to="/journeys/$id" params={{ id: journeyId }}>
              {words.journey}
            </Link>
          </p>
        )}
        {verdict && reviewedAt ? (
          <p>{words.reviewed(words.verdicts[verdict], formatTime(reviewedAt))}</p>
        ) : (
          <Reviewing flag={flag} />
        )}
      </article>
    </li>
  );
}

function Reviewing({ flag: { id, severity } }: { flag: Flag }) {
  const { flags: words } = useTexts();
  const mayReview = useMay('review');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (verdict: FlagVerdict) =>
      post('/api/clerk/flags/{flag}/review', { params: { path: { flag: id } }, body: { verdict } }),
    // Also after a refusal: somebody else has reviewed it.
    onSettled: () => readAgain('flags'),
  });
  return (
    <div className="stack">
      {severity === 'severe' && <p>{words.severe}</p>}
      {!mayReview && <p className="hint">{words.onlyReviewers}</p>}
      {error && <Failure error={error} />}
      {mayReview &&
        flagVerdicts.map((verdict) => (
          <div key={verdict}>
            <Button
              type={verdict === 'cleared' ? 'primary' : 'default'}
              danger={verdict === 'upheld'}
              loading={isPending}
              onClick={() => mutate(verdict)}
            >
              {words.verdicts[verdict]}
            </Button>{' '}
            <span className="hint">{words.meanings[verdict]}</span>
          </div>
        ))}
    </div>
  );
}
