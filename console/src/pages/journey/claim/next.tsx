import { useState } from 'react';
import { Button } from 'antd';
import { Failure } from '../../../components/failure';
import { useKeys } from '../../../keys';
import { useMay } from '../../../session';
import { useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';
import type { useNextJourney } from '../../next-journey';

const KEPT_AS = 'console-go-on';

/** Whether the next journey opens after a decision; kept in this browser. */
export function goesOn(): boolean {
  return localStorage.getItem(KEPT_AS) !== 'off';
}

/** Leads to what waits next. */
export function Next({
  next: { mutate, data, error, isPending },
}: {
  next: ReturnType<typeof useNextJourney>;
}) {
  const words = useTextsOf(claimTexts);
  const [isOn, setOn] = useState(goesOn);
  const mayDecide = useMay('decide');
  useKeys({ nextCase: () => mayDecide && mutate(undefined) });
  if (!mayDecide) return null;
  return (
    <>
      {data === null && <span role="status">{words.nothingNext}</span>}
      {error && <Failure error={error} />}
      <label>
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ target: { checked } }) => {
            localStorage.setItem(KEPT_AS, checked ? 'on' : 'off');
            setOn(checked);
          }}
        />{' '}
        {words.goOn}
      </label>
      <Button aria-keyshortcuts="n" loading={isPending} onClick={() => mutate(undefined)}>
        {words.next}
      </Button>
    </>
  );
}
