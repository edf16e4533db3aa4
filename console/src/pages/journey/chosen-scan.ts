import { useRef, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { ApiFailure } from '../../client';
import type { FailureCode } from '../../client';
import { queries } from '../../queries';
import { post, queryClient, sentBy } from '../../session';
import { readScan, withProgress } from './scan';
import type { ScanDefect, ScanFile } from './scan';

const aboutJourney: FailureCode[] = ['claim_expired', 'claimed_by_other', 'not_allowed_now'];

/** A scan on this computer, and its upload. */
export interface ChosenScan {
  file?: ScanFile;
  /** Why the file that was tried last can't be used; the one before stays. */
  defect?: ScanDefect;
  isReading: boolean;
  choose: (files: FileList | null) => Promise<void>;
  upload: { send: (file: ScanFile) => void; isPending: boolean; error: unknown; share: number };
}

/**
 * Keeps the scan while other steps are shown, and goes on uploading it.
 * @param told of the SHA-256 of what is chosen, and again once that is uploaded
 */
export function useChosenScan(
  journey: string,
  told: { onChosen: (sha256: string) => void; onUploaded: (sha256: string) => void },
): ChosenScan {
  const [{ file, defect }, setChosen] = useState<Pick<ChosenScan, 'file' | 'defect'>>({});
  const [isReading, setReading] = useState(false);
  const [share, setShare] = useState(0);
  const choices = useRef(0);
  const newest = useRef<string>(undefined);
  const take = (found: ScanFile | undefined) => {
    newest.current = found?.sha256;
    setChosen({ file: found });
  };
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: async (scan: ScanFile) => {
      setShare(0);
      await post('/api/clerk/journeys/{id}/scans', {
        params: { path: { id: journey }, query: { sha256: scan.sha256 } },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: '',
        bodySerializer: () => scan.content,
        fetch: sentBy(withProgress(setShare)),
      });
    },
    onSuccess: (_, { sha256 }) => {
      if (newest.current === sha256) told.onUploaded(sha256);
    },
    onError(failure) {
      if (!(failure instanceof ApiFailure)) return;
      // Nobody opens it again from here.
      if (failure.code === 'scan_infected') take(undefined);
      // The page says who has the journey now, and where it stands.
      if (aboutJourney.includes(failure.code)) void queryClient.invalidateQueries(queries.journey(journey));
    },
  });
  return {
    ...{ file, defect, isReading },
    upload: { send: mutate, isPending, error, share },
    async choose(files) {
      const tried = files?.[0];
      // What is on its way is what was chosen.
      if (!tried || isPending) return;
      reset();
      choices.current += 1;
      const choice = choices.current;
      setReading(true);
      const found = await readScan(tried);
      // Another one was chosen meanwhile.
      if (choice !== choices.current) return;
      setReading(false);
      // What was chosen before stays, if this one can't be used.
      if (typeof found === 'string') {
        setChosen((before) => ({ ...before, defect: found }));
        return;
      }
      take(found);
      told.onChosen(found.sha256);
    },
  };
}
