import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { Loaded } from '../../components/loaded';
import { queries } from '../../queries';
import { useSessionState } from '../../session';
import { useTextsOf } from '../../texts';
import { windowCheckTexts } from '../../texts/window-check';
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

/** A scan that was uploaded, after its hash is computed again here. @param from who has to have this very scan @param onCompared whether it is the one with this hash */
export function KeptScan({
  journey,
  sha256,
  from,
  onCompared,
}: {
  journey: string;
  sha256: string;
  from: 'uploader' | 'proposer';
  onCompared?: (isSame: boolean) => void;
}) {
  const words = useTextsOf(windowCheckTexts);
  const query = useQuery(queries.scan(journey, sha256));
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
