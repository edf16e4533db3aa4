import { useState } from 'react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Input, Tag } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LONGEST_COMPLAINT } from '../../../domain/complaints';
import type { Schemas } from '../client';
import { Failure } from '../components/failure';
import { Field } from '../components/field';
import { ListingSwitch } from '../components/listing-switch';
import { Loaded } from '../components/loaded';
import { More } from '../components/more';
import { PageTitle } from '../components/page-title';
import { useRowKeys } from '../keys';
import { queries, readAgain } from '../queries';
import { bodyOf, post, useMay } from '../session';
import { formatTime, useTextsOf } from '../texts';
import { complaintTexts } from '../texts/complaints';

type Complaint = Schemas['ClerkComplaint'];

const route = getRouteApi('/complaints');

/** Complaints and suggestions, and their answers. */
export function Complaints() {
  const words = useTextsOf(complaintTexts);
  const { all = false } = route.useSearch();
  const query = useInfiniteQuery(queries.complaints(all));
  const complaints = query.data?.pages.flatMap((page) => page.complaints) ?? [];
  useRowKeys();
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        <ListingSwitch to="/complaints" open={words.waiting} all={words.answered} />
      </div>
      <Loaded
        query={query}
        // A page may be short and not the last.
        empty={() =>
          complaints.length > 0 || query.hasNextPage ? undefined : all ? words.emptyAnswered : words.empty
        }
      >
        {() => (
          <ul className="cards">
            {complaints.map((complaint) => (
              <OneComplaint key={complaint.id} complaint={complaint} />
            ))}
          </ul>
        )}
      </Loaded>
      <More query={query} />
    </>
  );
}

function OneComplaint({ complaint }: { complaint: Complaint }) {
  const words = useTextsOf(complaintTexts);
  const mayAnswer = useMay('answer');
  const { number, kind, text, textsHidden, madeAt, journey, answer } = complaint;
  const heading = `complaint-${complaint.id}`;
  return (
    <li className="card">
      <article aria-labelledby={heading}>
        <h2 id={heading} tabIndex={-1} data-row="">
          <Tag>{words.kinds[kind]}</Tag> {words.number} <span className="number">{number}</span>
        </h2>
        <p className="hint">
          {words.madeAt} <time dateTime={madeAt}>{formatTime(madeAt)}</time>{' '}
          {journey && (
            <Link to="/journeys/$id" params={{ id: journey }}>
              {words.journey}
            </Link>
          )}
        </p>
        {textsHidden ? <p className="hint">{words.hidden}</p> : <p className="written">{text}</p>}
        {answer && (
          <>
            <h3>
              {words.answer} <time dateTime={answer.at}>{formatTime(answer.at)}</time>
            </h3>
            {answer.text !== undefined && <p className="written">{answer.text}</p>}
          </>
        )}
        {!answer && mayAnswer && <Answering id={complaint.id} />}
      </article>
    </li>
  );
}

function Answering({ id }: { id: string }) {
  const words = useTextsOf(complaintTexts);
  const [text, setText] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      bodyOf(
        post('/api/clerk/complaints/{complaint}/answer', {
          params: { path: { complaint: id } },
          body: { text },
        }),
      ),
    onSuccess: () => readAgain('complaints'),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Field label={words.answer} hint={words.answerHint}>
        {(labels) => (
          <Input.TextArea
            {...labels}
            rows={4}
            required
            count={{ max: LONGEST_COMPLAINT }}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {error && <Failure error={error} />}
      <div>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {words.send}
        </Button>
      </div>
    </form>
  );
}
