import type { InfiniteData } from '@tanstack/react-query';
import type { Journey, WorklistEntry } from '../client';
import { queryClient } from '../session';

/** The key of all lists. */
export const WORKLIST = 'worklist';
export const journeyKey = (id: string) => ['journey', id] as const;

interface Page {
  entries: WorklistEntry[];
}

const isNewer = (entry: WorklistEntry, than: WorklistEntry) => entry.change > than.change;

/** Shows in every list what is known of a journey; undefined if it does not wait any more. */
function showInLists(journey: string, entry: WorklistEntry | undefined): void {
  queryClient.setQueriesData<InfiniteData<Page>>({ queryKey: [WORKLIST] }, (list) => {
    const listed = list?.pages.flatMap(({ entries }) => entries).find((one) => one.journey === journey);
    if (!list || !listed || (entry && isNewer(listed, entry))) return list;
    return {
      ...list,
      pages: list.pages.map((page) => ({ ...page, entries: replaced(page.entries, entry, journey) })),
    };
  });
}

function replaced(entries: WorklistEntry[], entry: WorklistEntry | undefined, journey: string) {
  return entries.flatMap((one) => (one.journey !== journey ? [one] : entry ? [entry] : []));
}

/** Shows on a journey's page what a list knows of it, and has the rest of that page read again if the list knows more. */
export function showInDetail(entry: WorklistEntry): void {
  const queryKey = journeyKey(entry.journey);
  const shown = queryClient.getQueryData<Journey>(queryKey);
  if (!shown || (shown.worklist && !isNewer(entry, shown.worklist))) return;
  queryClient.setQueryData<Journey>(queryKey, { ...shown, worklist: entry });
  void queryClient.invalidateQueries({ queryKey });
}

// Up to which change a journey was read as a whole, and the change that this page made itself.
const read = new Map<string, number>();
const made = new Map<string, number>();

/** Notes that a journey was read as a whole. */
export function noteRead(journey: string, entry: WorklistEntry | undefined): void {
  read.set(journey, entry?.change ?? 0);
  showInLists(journey, entry);
}

/** Shows everywhere that this page has claimed a journey. Nothing else of it has changed by that. */
export function showClaimed(entry: WorklistEntry): void {
  const { journey, change } = entry;
  made.set(journey, change);
  queryClient.setQueryData<Journey>(journeyKey(journey), (shown) => shown && { ...shown, worklist: entry });
  showInLists(journey, entry);
}

/** Whether a journey's page shows a change already, or is not open. */
export function isShownInDetail({
  journey,
  change,
  isWaiting,
}: {
  journey: string;
  change: number;
  isWaiting: boolean;
}): boolean {
  const shown = queryClient.getQueryData<Journey>(journeyKey(journey));
  if (!shown) return true;
  if (!isWaiting) return !shown.worklist;
  return change <= (read.get(journey) ?? 0) || change === made.get(journey);
}
