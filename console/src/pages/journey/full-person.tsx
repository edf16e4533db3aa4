import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import type { LookReason } from '../../../../domain/looks';
import type { Journey, Schemas } from '../../client';
import { bodyOf, post, useMay } from '../../session';
import { useTextsOf } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { Looking } from './looking';
import { useLook } from './use-look';
import type { Look } from './use-look';

interface Looks {
  person: Look<Schemas['FullPerson']>;
  portraits: Look<readonly Schemas['ClerkPortrait'][]>;
  /** Why the clerk looks at this person, as it was said last; undefined before, and after the data is masked again. */
  reason: LookReason | undefined;
  giveReason: (reason: LookReason) => void;
}

const Context = createContext<Looks | undefined>(undefined);

/** Keeps the personal data that the clerk asked for, for all parts of the page: one look is recorded, wherever it is shown. */
export function FullPerson({ journey, children }: { journey: Journey; children: ReactNode }) {
  const { id, person: masked, proposal } = journey;
  const about = JSON.stringify([masked, proposal?.id]);
  const path = { id };
  const person = useLook(about, (reason) =>
    bodyOf(post('/api/clerk/journeys/{id}/person', { params: { path }, body: { reason } })),
  );
  const portraits = useLook(
    about,
    async (reason) =>
      (await bodyOf(post('/api/clerk/journeys/{id}/portraits', { params: { path }, body: { reason } })))
        .portraits,
  );
  const [given, setGiven] = useState<{ reason: LookReason; about: string }>();
  const giveReason = (reason: LookReason) => setGiven({ reason, about });
  const withReason = <Data,>(look: Look<Data>): Look<Data> => ({
    ...look,
    ask(reason) {
      giveReason(reason);
      look.ask(reason);
    },
  });
  const looks: Looks = {
    person: {
      ...withReason(person),
      hide() {
        setGiven(undefined);
        person.hide();
      },
    },
    portraits: withReason(portraits),
    reason: given?.about === about ? given.reason : undefined,
    giveReason,
  };
  return <Context.Provider value={looks}>{children}</Context.Provider>;
}

function useLooks(): Looks {
  const looks = useContext(Context);
  if (!looks) throw new Error('Personal data is shown outside of FullPerson.');
  return looks;
}

/** The personal data of the journey on the page, if the clerk asked for it. */
export function useFullPerson(): Schemas['FullPerson'] | undefined {
  return useLooks().person.shown;
}

/** The pictures of the face checks of the journey on the page. */
export function usePortraits(): Looks['portraits'] {
  return useLooks().portraits;
}

/** Why the clerk looks at the person of the journey on the page: asked once, for all that is shown there. */
export function useLookReason(): Pick<Looks, 'reason' | 'giveReason'> {
  return useLooks();
}

/** Asks for the personal data where a part of the page needs it; nothing where the role may not see it. @param mayHide whether it is hidden here too */
export function ShowPerson({ mayHide }: { mayHide?: true }) {
  const words = useTextsOf(journeyTexts);
  const { person } = useLooks();
  const may = useMay('see-persons');
  const labels = { show: words.show, shown: words.shown, ...(mayHide && { hide: words.hide }) };
  return may ? <Looking look={person} labels={labels} /> : null;
}
