import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { LookReason } from '../../../../domain/looks';
import type { Journey, Schemas } from '../../client';
import { bodyOf, post, useMay } from '../../session';
import { useTextsOf } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { LookButton } from './look-reason';

interface FullPersonState {
  /** Undefined while it is masked. */
  full?: Schemas['FullPerson'];
  show: { mutate: (reason: LookReason) => void; isPending: boolean; error: unknown };
  hide: () => void;
}

const Context = createContext<FullPersonState | undefined>(undefined);

/** Keeps the personal data that the clerk asked for, in this page only: leaving or reloading it masks again, and so does a change of it. */
export function FullPerson({ journey, children }: { journey: Journey; children: ReactNode }) {
  const { id, person, proposal } = journey;
  const masked = JSON.stringify([person, proposal?.id]);
  const { data, mutate, isPending, error, reset } = useMutation({
    mutationFn: async (reason: LookReason) => ({
      full: await bodyOf(
        post('/api/clerk/journeys/{id}/person', { params: { path: { id } }, body: { reason } }),
      ),
      masked,
    }),
    gcTime: 0,
  });
  const full = data?.masked === masked ? data.full : undefined;
  return (
    <Context.Provider value={{ full, show: { mutate, isPending, error }, hide: reset }}>
      {children}
    </Context.Provider>
  );
}

/** The personal data of the journey on the page, if the clerk asked for it. */
export function useFullPerson(): FullPersonState {
  const state = useContext(Context);
  if (!state) throw new Error('useFullPerson is used outside of FullPerson.');
  return state;
}

/** Asks for the personal data where a part of the page needs it; nothing where it is shown, or where the role may not see it. */
export function ShowPerson() {
  const words = useTextsOf(journeyTexts);
  const { full, show } = useFullPerson();
  const may = useMay('see-persons');
  return full || !may ? null : <LookButton label={words.show} look={show} />;
}
