import { useId } from 'react';
import { Alert, Button } from 'antd';
import { documentFileTypes } from '../../../../domain/document-files';
import { Failure } from '../../components/failure';
import { useTextsOf } from '../../texts';
import { windowCheckTexts } from '../../texts/window-check';
import type { ChosenScan } from './chosen-scan';
import { KeptScan, ScanPreview } from './scan-view';

/** Chooses, drops or photographs the scan of a paper, shows it and uploads it. */
export function ScanField({
  journey,
  chosen,
  uploaded,
}: {
  journey: string;
  chosen: ChosenScan;
  /** The SHA-256 of what is uploaded. */
  uploaded: string | undefined;
}) {
  const words = useTextsOf(windowCheckTexts);
  const { file, defect, isReading, choose, upload } = chosen;
  const percent = Math.floor(upload.share * 100);
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
      <OwnScan journey={journey} file={file} uploaded={uploaded} />
      {isReading && <p role="status">{words.reading}</p>}
      {defect && <Alert type="error" showIcon title={words.defects[defect]} />}
      {upload.isPending && (
        <p>
          <progress aria-label={words.uploading(percent)} max={100} value={percent} />{' '}
          {words.uploading(percent)}
        </p>
      )}
      {upload.error !== null && <Failure error={upload.error} />}
      {file && uploaded === undefined && (
        <div className="buttons">
          <Button
            type="primary"
            disabled={isReading}
            loading={upload.isPending}
            onClick={() => upload.send(file)}
          >
            {upload.error === null ? words.upload : words.uploadAgain}
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

/** The scan of this check: the file on this computer, or after a reload what was uploaded. */
export function OwnScan({
  journey,
  file,
  uploaded,
}: {
  journey: string;
  file: ChosenScan['file'];
  uploaded: string | undefined;
}) {
  if (file) return <ScanPreview scan={file} />;
  return uploaded === undefined ? null : <KeptScan journey={journey} sha256={uploaded} from="uploader" />;
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
