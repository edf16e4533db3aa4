import { useEffect, useMemo, useState } from 'react';
import { monotonicNow } from './countdown';

/** How many of the seconds are left that the API gave, counted from when its response came here. */
export function useSecondsLeft(given: { secondsLeft: number } | undefined): number | undefined {
  const endsAt = useMemo(() => given && monotonicNow() + given.secondsLeft * 1000, [given]);
  const [, setTick] = useState(0);
  useEffect(() => {
    if (endsAt === undefined) return undefined;
    const timer = setInterval(() => setTick((tick) => tick + 1), 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return endsAt === undefined ? undefined : Math.max(0, Math.ceil((endsAt - monotonicNow()) / 1000));
}
