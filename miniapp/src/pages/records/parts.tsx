import { useEffect, useState } from 'react';
import type { PropsWithChildren, ReactElement } from 'react';
import type { ConfirmationRecord, Journey } from '../../api-contract';
import { SecondaryButton } from '../../components/buttons';
import { leavePage, SubPage } from '../../components/frame';
import { NumberRow } from '../../components/number-row';
import { Row } from '../../components/screen';
import { useJourney } from '../../journey';
import { platform } from '../../platform';
import { MatterRows } from '../../screens/to-dos';
import { formatTime, textOf, useTexts } from '../../texts';
import { useRecordTexts } from './texts';

/** A page about the person of the journey. If it is opened again without one, the person must begin at the entry. */
export function PersonsPage({ children }: { children: (view: Journey) => ReactElement }) {
  const { view, isReady, isBusy } = useJourney();
  const isLost = !isBusy && isReady && !view;
  useEffect(() => {
    if (isLost) leavePage();
  }, [isLost]);
  return <SubPage>{view && children(view)}</SubPage>;
}

/** The next page of a list, below the one before, once the person asks for it. */
export function NextPage({ children }: PropsWithChildren) {
  const recordTexts = useRecordTexts();
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <>{children}</>;
  return <SecondaryButton onPress={() => setAsked(true)}>{recordTexts.more}</SecondaryButton>;
}

/** Gives an element the focus as soon as it is there: it comes in the place of the button that was pressed. */
export function useFocusOn(id: string, isThere: boolean): void {
  useEffect(() => {
    if (isThere) platform.focus(id);
  }, [id, isThere]);
}

/** Its number, matter, time and state. */
export function RecordRows({ record }: { record: ConfirmationRecord }) {
  const texts = useTexts();
  const recordTexts = useRecordTexts();
  const { number, confirmedAt, state } = record;
  return (
    <>
      <NumberRow label={texts.evidenceNumber} number={number} />
      <MatterRows toDo={record} />
      <Row label={texts.settledAt.confirmed}>{formatTime(confirmedAt)}</Row>
      <Row label={texts.state}>{textOf(recordTexts.states, state) ?? state}</Row>
    </>
  );
}
