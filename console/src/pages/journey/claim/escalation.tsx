import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Radio } from 'antd';
import { assigneeGroups } from '../../../../../domain/worklist';
import type { AssigneeGroup } from '../../../../../domain/worklist';
import { post } from '../../../session';
import { useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';
import { PassWindow } from './pass-window';
import type { Passing } from './pass-window';

/** Passes a journey on to those who may do more. */
export function Escalation({ id, onDone, onClose }: Passing) {
  const words = useTextsOf(claimTexts);
  const [to, setTo] = useState<AssigneeGroup>('reviewers');
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => post('/api/clerk/journeys/{id}/escalation', { params: { path: { id } }, body: { to } }),
    onSuccess: () => onDone(words.escalated(words.groups[to])),
  });
  return (
    <PassWindow
      title={words.escalateTitle}
      hint={words.escalateHint}
      {...{ error, isPending, onClose }}
      onSubmit={() => mutate()}
    >
      <Radio.Group
        className="choices"
        aria-label={words.to}
        value={to}
        onChange={(event) => setTo(event.target.value as AssigneeGroup)}
      >
        {assigneeGroups.map((group) => (
          <Radio key={group} value={group}>
            {words.groups[group]} <small>{words.groupMeanings[group]}</small>
          </Radio>
        ))}
      </Radio.Group>
    </PassWindow>
  );
}
