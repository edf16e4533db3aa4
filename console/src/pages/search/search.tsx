import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { ApiFailure } from '../../client';
import type { Schemas } from '../../client';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { PageTitle } from '../../components/page-title';
import { bodyOf, post, useMay } from '../../session';
import { useTextsOf } from '../../texts';
import { searchTexts } from '../../texts/search';
import { PersonSearch } from './person-search';
import { Results } from './results';

export type Found = Schemas['FoundByClerk'];

/** Finds by a number, or by a whole person. Nothing of it stands in the address. */
export function Search() {
  const words = useTextsOf(searchTexts);
  const maySee = useMay('see');
  const mayFindPersons = useMay('see-persons');
  const [found, setFound] = useState<Found>();
  return (
    <>
      <PageTitle>{words.title}</PageTitle>
      {/* Nothing is asked of the api before a search: who may not search learns it here. */}
      {!maySee && <Failure error={new ApiFailure('not_your_right', words.notYourRight)} />}
      {maySee && (
        <div className="columns">
          <NumberSearch onFound={setFound} />
          {mayFindPersons && <PersonSearch onFound={setFound} />}
        </div>
      )}
      {found && <Results found={found} />}
    </>
  );
}

function NumberSearch({ onFound }: { onFound: (found: Found | undefined) => void }) {
  const words = useTextsOf(searchTexts);
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => bodyOf(post('/api/clerk/search', { body: { number } })),
    onMutate: () => onFound(undefined),
    async onSuccess(found) {
      const [only] = found.journeys;
      // The person on the telephone is seen at once.
      if (only && found.journeys.length === 1 && found.matters.length === 0)
        await navigate({ to: '/journeys/$id', params: { id: only.id } });
      else onFound(found);
    },
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Field label={words.number} hint={words.numberHint}>
        {(labels) => (
          <Input
            {...labels}
            data-search=""
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            required
            value={number}
            onChange={({ target }) => setNumber(target.value)}
          />
        )}
      </Field>
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {words.find}
      </Button>
    </form>
  );
}
