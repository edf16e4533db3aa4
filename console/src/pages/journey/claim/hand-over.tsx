import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Field } from '../../../components/field';
import { Loaded } from '../../../components/loaded';
import { queries } from '../../../queries';
import { post } from '../../../session';
import { useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';
import { PassWindow } from './pass-window';
import type { Passing } from './pass-window';

const NOBODY = 'nobody';

/** Passes a journey to a colleague, or gives it back to all. */
export function HandOver({ id, onDone, onClose }: Passing) {
  const words = useTextsOf(claimTexts);
  const query = useQuery(queries.colleagues(id));
  const [chosen, setChosen] = useState<string>();
  const clerks = query.data?.clerks ?? [];
  const to = chosen ?? clerks[0]?.id ?? NOBODY;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => post('/api/clerk/journeys/{id}/hand-over', { params: { path: { id } }, body: { to } }),
    onSuccess: () =>
      onDone(
        to === NOBODY ? words.handedBack : words.handedOver(clerks.find((one) => one.id === to)?.name ?? ''),
      ),
  });
  // Colleagues of the same name are told apart.
  const nameOf = ({ id: of, name }: { id: string; name: string }) =>
    clerks.some((other) => other.id !== of && other.name === name) ? `${name} ${of.slice(0, 4)}` : name;
  return (
    <PassWindow
      title={words.handOverTitle}
      hint={words.handOverHint}
      {...{ error, isPending, onClose }}
      onSubmit={() => mutate()}
    >
      <Loaded query={query}>
        {() => (
          <Field label={words.to} hint={clerks.length > 0 ? undefined : words.nobodyElse}>
            {(labels) => (
              <select {...labels} value={to} onChange={(event) => setChosen(event.target.value)}>
                {clerks.map((clerk) => (
                  <option key={clerk.id} value={clerk.id}>
                    {nameOf(clerk)}
                  </option>
                ))}
                <option value={NOBODY}>{words.everybody}</option>
              </select>
            )}
          </Field>
        )}
      </Loaded>
    </PassWindow>
  );
}
