import { useState } from 'react';
import { Alert } from 'antd';
import { Field } from '../../components/field';
import { useTexts } from '../../texts';
import { hashOfScan } from './scan';

/** A file of which only the SHA-256 is taken, on this computer. */
export function ScanField({
  label,
  hint,
  onHash,
}: {
  label: string;
  hint?: string;
  onHash: (hash?: string) => void;
}) {
  const { deciding } = useTexts();
  const [hash, setHash] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const choose = async (file: File | undefined) => {
    const found = file && (await hashOfScan(file));
    setHash(found);
    setWrong(file !== undefined && found === undefined);
    onHash(found);
  };
  return (
    <>
      <Field label={label} hint={hint}>
        {(labels) => (
          <input
            {...labels}
            type="file"
            accept="application/pdf,image/jpeg,image/png"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        )}
      </Field>
      {isWrong && <Alert type="error" showIcon title={deciding.paperWrong} />}
      {hash && (
        <p className="hash">
          {deciding.hash} <code>{hash}</code>
        </p>
      )}
    </>
  );
}
