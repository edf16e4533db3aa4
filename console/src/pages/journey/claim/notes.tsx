import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { LONGEST_COMPLAINT } from '../../../../../domain/complaints';
import type { Journey } from '../../../client';
import { createCommandKeys } from '../../../command-keys';
import { useClerkNames } from '../../../components/clerk-names';
import { Failure } from '../../../components/failure';
import { Field } from '../../../components/field';
import { journeyKey } from '../../../live/agreement';
import { post, queryClient, useMay } from '../../../session';
import { formatTime, useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';

/** What clerks wrote about a journey for each other. */
export function Notes({ journey: { id, notes, notesHidden, clerks, person } }: { journey: Journey }) {
  const words = useTextsOf(claimTexts);
  const nameOf = useClerkNames(clerks);
  // They go with what the person entered.
  const mayAdd = useMay('decide') && person !== undefined;
  return (
    <section className="card" aria-labelledby="notes">
      <h2 id="notes">{words.notes}</h2>
      {notes.length === 0 && <p className="hint">{notesHidden ? words.notesHidden : words.noNotes}</p>}
      <ol className="story">
        {notes.map((note) => (
          <li key={note.id}>
            <span className="hint">
              {nameOf(note.clerk)} <time dateTime={note.writtenAt}>{formatTime(note.writtenAt)}</time>
            </span>
            <p className="written">{note.text}</p>
          </li>
        ))}
      </ol>
      {mayAdd && <AddNote id={id} />}
    </section>
  );
}

function AddNote({ id }: { id: string }) {
  const words = useTextsOf(claimTexts);
  const [text, setText] = useState('');
  const [keys] = useState(createCommandKeys);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      post('/api/clerk/journeys/{id}/notes', {
        params: { path: { id }, header: { 'Idempotency-Key': keys.keyOf({ text }) } },
        body: { text },
      }),
    onSuccess() {
      keys.settle();
      setText('');
      void queryClient.invalidateQueries({ queryKey: journeyKey(id) });
    },
    onError: (failure) => keys.settle(failure),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Field label={words.note} hint={words.noteHint}>
        {(labels) => (
          <Input.TextArea
            {...labels}
            rows={2}
            required
            count={{ max: LONGEST_COMPLAINT }}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {error && <Failure error={error} />}
      <div>
        <Button htmlType="submit" loading={isPending}>
          {words.addNote}
        </Button>
      </div>
    </form>
  );
}
