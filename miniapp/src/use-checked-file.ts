import { useCallback, useEffect, useState } from 'react';
import type { DocumentFileType } from '../../domain/document-files';
import { readDocument } from './api';
import { platform } from './platform';
import type { HeldFile } from './platform/contract';
import { sha256Of } from './sha256';

/** A document on its way to the page. It is held only if it is the one that the matter names. */
type CheckedFile =
  | { state: 'reading' | 'unreadable' | 'differs' | 'not-shown'; held?: undefined }
  | { state: 'checked'; held: HeldFile };

/**
 * Reads a document and compares it with the hash in the matter, which the person signs.
 * @param url undefined while it is not known whether there is a file
 */
export function useCheckedFile(
  url: string | undefined,
  { sha256, mediaType }: { sha256: string; mediaType: DocumentFileType | undefined },
): CheckedFile & { reload(): void } {
  const [file, setFile] = useState<CheckedFile>({ state: 'reading' });
  const [reloads, setReloads] = useState(0);
  useEffect(() => {
    if (!url || !mediaType) return undefined;
    let isWanted = true;
    setFile({ state: 'reading' });
    const check = async (): Promise<CheckedFile> => {
      const bytes = await readDocument(url);
      if (!bytes) return { state: 'unreadable' };
      if ((await sha256Of(bytes)) !== sha256) return { state: 'differs' };
      return { state: 'checked', held: await platform.holdFile({ bytes, mediaType, name: sha256 }) };
    };
    const checking = check().catch((): CheckedFile => ({ state: 'not-shown' }));
    void checking.then((checked) => isWanted && setFile(checked));
    return () => {
      isWanted = false;
      void checking.then(({ held }) => held?.release());
    };
  }, [url, sha256, mediaType, reloads]);
  const reload = useCallback(() => setReloads((before) => before + 1), []);
  return { ...file, reload };
}
