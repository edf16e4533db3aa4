import { useId, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { documentFileTypes } from '../../../../domain/document-files';
import { ApiFailure } from '../../client';
import type { FailureCode } from '../../client';
import { Failure } from '../../components/failure';
import { queries } from '../../queries';
import { post, queryClient, sentBy } from '../../session';
import { useTextsOf } from '../../texts';
import { windowCheckTexts } from '../../texts/window-check';
import { readScan, withProgress } from './scan';
import type { ScanDefect, ScanFile } from './scan';
import { KeptScan, ScanPreview } from './scan-view';

const aboutJourney: FailureCode[] = ['claim_expired', 'claimed_by_other', 'not_allowed_now'];

/** A scan on this computer; it stays while other steps are shown. */
export interface ChosenScan {
  file?: ScanFile;
  defect?: ScanDefect;
}

/** Chooses, drops or photographs the scan of a paper, shows it and uploads it. */
export function ScanField({
  journey,
  chosen,
  onChoose,
  uploaded,
  onUploaded,
}: {
  journey: string;
  chosen: ChosenScan;
  onChoose: (chosen: ChosenScan) => void;
  /** The SHA-256 of what is uploaded. */
  uploaded: string | undefined;
  onUploaded: (sha256: string | undefined) => void;
}) {
  const words = useTextsOf(windowCheckTexts);
  const [isReading, setReading] = useState(false);
  const [share, setShare] = useState(0);
  const upload = useMutation({
    mutationFn: async (file: ScanFile) => {
      setShare(0);
      await post('/api/clerk/journeys/{id}/scans', {
        params: { path: { id: journey }, query: { sha256: file.sha256 } },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: '',
        bodySerializer: () => file.content,
        fetch: sentBy(withProgress(setShare)),
      });
      return file.sha256;
    },
    onSuccess: onUploaded,
    onError(error) {
      if (!(error instanceof ApiFailure)) return;
      // Nobody opens it again from here.
      if (error.code === 'scan_infected') onChoose({});
      // The page says who has the journey now, and where it stands.
      if (aboutJourney.includes(error.code)) void queryClient.invalidateQueries(queries.journey(journey));
    },
  });
  const choose = async (files: FileList | null) => {
    const file = files?.[0];
    if (!file) return;
    upload.reset();
    setReading(true);
    const found = await readScan(file);
    setReading(false);
    // What was chosen before stays, if this one can't be used.
    if (typeof found === 'string') {
      onChoose({ ...chosen, defect: found });
      return;
    }
    onChoose({ file: found });
    if (found.sha256 !== uploaded) onUploaded(undefined);
  };
  const { file, defect } = chosen;
  const percent = Math.floor(share * 100);
  return (
    <div
      className="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void choose(event.dataTransfer.files);
      }}
    >
      {uploaded !== undefined && <Alert role="status" type="success" showIcon title={words.uploaded} />}
      {file && <ScanPreview scan={file} />}
      {!file && uploaded !== undefined && <KeptOnDemand journey={journey} sha256={uploaded} />}
      {isReading && <p role="status">{words.reading}</p>}
      {defect && <Alert type="error" showIcon title={words.defects[defect]} />}
      {upload.isPending && (
        <p>
          <progress aria-label={words.uploading(percent)} max={100} value={percent} />{' '}
          {words.uploading(percent)}
        </p>
      )}
      {upload.error && <Failure error={upload.error} />}
      {file && uploaded === undefined && (
        <div className="buttons">
          <Button type="primary" loading={upload.isPending} onClick={() => upload.mutate(file)}>
            {upload.error ? words.uploadAgain : words.upload}
          </Button>
        </div>
      )}
      {!upload.isPending && (
        <div className="buttons">
          <FileButton
            label={file || uploaded !== undefined ? words.another : words.choose}
            onChoose={choose}
          />
          <FileButton label={words.photograph} isCamera onChoose={choose} />
          <span className="hint">{words.drop}</span>
        </div>
      )}
    </div>
  );
}

/** The browser's own field, under a name of ours. With a camera, tablets open it at once. */
function FileButton({
  label,
  isCamera,
  onChoose,
}: {
  label: string;
  isCamera?: true;
  onChoose: (files: FileList | null) => Promise<void>;
}) {
  const id = useId();
  return (
    <span className="file">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={isCamera ? 'image/*' : documentFileTypes.join(',')}
        {...(isCamera && { capture: 'environment' })}
        onChange={(event) => {
          // The same file may be chosen again after it was scanned anew.
          void onChoose(event.target.files).finally(() => (event.target.value = ''));
        }}
      />
    </span>
  );
}

/** After a reload. Each look is recorded, so that one is taken only where it is wanted. */
function KeptOnDemand({ journey, sha256 }: { journey: string; sha256: string }) {
  const words = useTextsOf(windowCheckTexts);
  const [isShown, setShown] = useState(false);
  return isShown ? (
    <KeptScan journey={journey} sha256={sha256} />
  ) : (
    <div className="buttons">
      <Button onClick={() => setShown(true)}>{words.show}</Button>
    </div>
  );
}
