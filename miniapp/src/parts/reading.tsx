import { View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { Refusal } from '../api';
import { useJourney } from '../journey';
import { useSaid, useTexts } from '../texts';
import { Secondary } from './actions';

/** What a page reads from the api: on its way, there, or not to be had for now. */
export interface Reading<T> {
  value?: T;
  failure?: unknown;
  again(): void;
}

/**
 * @param path undefined where there is nothing to read; `of` what a change of makes it be read again. What is there stays until
 * something newer is, or another path is read. `POST`: reading it may make it.
 */
export function useReading<T>(path: string | undefined, of?: unknown, method?: 'GET' | 'POST'): Reading<T> {
  const { read } = useJourney();
  const [state, setState] = useState<Pick<Reading<T>, 'value' | 'failure'> & { path?: string }>({});
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (!path) return undefined;
    let isWanted = true;
    setState((before) => (before.path === path ? { path, value: before.value } : { path }));
    void read<T>(path, method)
      .then((value) => ({ path, value }))
      .catch((failure: unknown) => ({ path, failure }))
      .then((next) => isWanted && setState(next));
    return () => {
      isWanted = false;
    };
    // What `read` is changes with every tap, and what it reads does not.
  }, [path, of, times]);
  const again = useCallback(() => setTimes((before) => before + 1), []);
  return { ...state, again };
}

/** Stands where something is read that is not there yet: it is on its way, or why not, with a way to try again. */
export function Unread({ reading: { failure, again } }: { reading: Reading<unknown> }) {
  const texts = useTexts();
  const said = useSaid();
  if (failure === undefined) {
    return (
      <View className="working" role="status">
        {texts.working}
      </View>
    );
  }
  const message = failure instanceof Refusal ? said(failure.code, failure.message) : texts.offline;
  return (
    <View className="trouble" role="alert">
      <View>{message}</View>
      <Secondary onTap={again}>{texts.retry}</Secondary>
    </View>
  );
}
