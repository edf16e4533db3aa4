import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { ApiFailure } from '../../client';
import type { Schemas } from '../../client';
import { Failure } from '../../components/failure';
import { verifyRecord } from './inclusion';
import { useActionTexts } from './words';

/** Where an action is in the transparency log, and a button that verifies it. */
export function LogPlace({ action: { id, inLog, commitment } }: { action: Schemas['ClerkAction'] }) {
  const words = useActionTexts();
  const [isAsked, setAsked] = useState(false);
  const verifying = useMutation({
    mutationFn: () =>
      verifyRecord('clerk-action', commitment).catch(() => Promise.reject(new ApiFailure('unreachable'))),
  });
  const { data } = verifying;
  return (
    <>
      <div className="buttons">
        {inLog === 'missing' ? (
          <Tag color="red">{words.missing}</Tag>
        ) : inLog === 'waiting' ? (
          words.waiting
        ) : (
          <span>{words.leaf(inLog)}</span>
        )}
        <Button
          size="small"
          aria-label={`${words.verify} ${id}`}
          loading={verifying.isPending}
          onClick={() => {
            setAsked(true);
            verifying.mutate();
          }}
        >
          {words.verify}
        </Button>
      </div>
      {inLog === 'missing' && !isAsked && <p className="defect">{words.missingMeaning}</p>}
      {isAsked && (
        <div role="status">
          {verifying.error && <Failure error={verifying.error} />}
          {data &&
            ('defect' in data ? (
              <p className="defect">{words.defects[data.defect]}</p>
            ) : (
              <>
                <p className="proven">{words.verified(data.size)}</p>
                <p className="hint hash">
                  {words.checkpoint} <code>{data.root}</code>
                  <br />
                  {words.checkpointHint}
                </p>
              </>
            ))}
        </div>
      )}
    </>
  );
}
