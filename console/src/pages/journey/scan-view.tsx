import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import type { LookReason } from '../../../../domain/looks';
import { Loaded } from '../../components/loaded';
import { bodyOf, post, useSessionState } from '../../session';
import { useTextsOf } from '../../texts';
import { windowCheckTexts } from '../../texts/window-check';
import { useLookReason } from './full-person';
import { AskReason } from './looking';
import { readScan } from './scan';
import type { ScanFile } from './scan';

/** A scan on this page, hidden while the session is lost: pictures here, a PDF in a tab of its own, where the browser's viewer keeps it apart. */
export function ScanPreview({ scan: { content, mediaType, sha256 } }: { scan: ScanFile }) {
  const words = useTextsOf(windowCheckTexts);
  const url = useObjectUrl(content);
  const isLost = useSessionState().kind === 'lost';
  if (isLost) return null;
  return (
    <figure className="scan">
      {url &&
        (mediaType === 'application/pdf' ? (
          <a href={url} target="_blank" rel="noopener noreferrer">
            {words.openPdf}
          </a>
        ) : (
          <a href={url} target="_blank" rel="noopener noreferrer" title={words.enlarge}>
            <img src={url} alt={words.scan} />
          </a>
        ))}
      <figcaption className="hash">
        {words.hash} <code>{sha256}</code>
      </figcaption>
    </figure>
  );
}

interface Kept {
  journey: string;
  sha256: string;
  /** The person whose file this has to be. */
  from: 'uploader' | 'proposer';
  /** Whether it is the one with this hash. */
  onCompared?: (isSame: boolean) => void;
}

const focus = (element: HTMLElement | null) => element?.focus();

/** A scan that was uploaded. Where the clerk has said on this page why they look at the person, that is its reason too. */
export function KeptScan(kept: Kept) {
  const words = useTextsOf(windowCheckTexts);
  const { reason, giveReason } = useLookReason();
  // Each look is recorded. The uploader, who knows the file, takes one only where it is wanted.
  const [wanted, setWanted] = useState<'by-page' | 'here' | undefined>(
    kept.from === 'proposer' ? 'by-page' : undefined,
  );
  if (reason === undefined)
    return (
      <AskReason
        label={words.show}
        onChoose={(given) => {
          setWanted('here');
          giveReason(given);
        }}
      />
    );
  if (!wanted)
    return (
      <div className="buttons">
        <Button onClick={() => setWanted('here')}>{words.show}</Button>
      </div>
    );
  return (
    <div className="stack" tabIndex={-1} ref={wanted === 'here' ? focus : undefined}>
      <ReadScan {...kept} reason={reason} />
    </div>
  );
}

/** Reads the scan and computes its hash again here. Nothing of it stays once it is no longer shown. */
function ReadScan({ journey, sha256, from, reason, onCompared }: Kept & { reason: LookReason }) {
  const words = useTextsOf(windowCheckTexts);
  const query = useQuery({
    queryKey: ['scan', journey, sha256],
    queryFn: () =>
      bodyOf(
        post('/api/clerk/journeys/{id}/scans/{sha256}', {
          params: { path: { id: journey, sha256 } },
          body: { reason },
          parseAs: 'blob',
        }),
      ),
    staleTime: Infinity,
    gcTime: 0,
  });
  const found = useScan(query.data);
  const isSame = typeof found === 'object' && found.sha256 === sha256;
  useEffect(() => {
    if (found) onCompared?.(isSame);
  }, [found, isSame, onCompared]);
  return (
    <Loaded query={query}>
      {() =>
        found === undefined ? null : isSame ? (
          <>
            <ScanPreview scan={found} />
            <Alert role="status" type="success" showIcon title={words.same[from]} />
          </>
        ) : (
          <Alert type="error" showIcon title={words.differs[from]} />
        )
      }
    </Loaded>
  );
}

function useScan(file: Blob | undefined) {
  const [read, setRead] = useState<{ file: Blob; found: Awaited<ReturnType<typeof readScan>> }>();
  useEffect(() => {
    let isOver = false;
    if (file) void readScan(file).then((found) => !isOver && setRead({ file, found }));
    return () => {
      isOver = true;
    };
  }, [file]);
  return read?.file === file ? read?.found : undefined;
}

function useObjectUrl(content: Blob): string | undefined {
  const [made, setMade] = useState<string>();
  useEffect(() => {
    const url = URL.createObjectURL(content);
    setMade(url);
    return () => URL.revokeObjectURL(url);
  }, [content]);
  return made;
}
