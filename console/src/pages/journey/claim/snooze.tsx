import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Input, Radio } from 'antd';
import { Field } from '../../../components/field';
import { post } from '../../../session';
import { formatTime, useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';
import { PassWindow } from './pass-window';
import type { Passing } from './pass-window';
import { snoozeChoices, snoozeTime, typedTime } from './snooze-times';
import type { SnoozeChoice } from './snooze-times';

/** Puts a journey off until a time. */
export function Snooze({ id, onDone, onClose }: Passing) {
  const words = useTextsOf(claimTexts);
  const [now] = useState(() => Date.now());
  const [choice, setChoice] = useState<SnoozeChoice | 'other'>('hour');
  const [typed, setTyped] = useState('');
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (until: Date) => {
      await post('/api/clerk/journeys/{id}/snooze', {
        params: { path: { id } },
        body: { until: until.toISOString() },
      });
      return until;
    },
    onSuccess: (until) => onDone(words.snoozed(formatTime(until.toISOString()))),
  });
  const possible = snoozeChoices.filter((one) => snoozeTime(one, now));
  return (
    <PassWindow
      title={words.snoozeTitle}
      hint={words.snoozeHint}
      {...{ error, isPending, onClose }}
      onSubmit={() => {
        const until = choice === 'other' ? typedTime(typed) : snoozeTime(choice, Date.now());
        if (until) mutate(until);
      }}
    >
      <Radio.Group
        className="choices"
        aria-label={words.until}
        value={choice}
        onChange={(event) => setChoice(event.target.value as SnoozeChoice | 'other')}
        options={[...possible, 'other' as const].map((one) => ({ value: one, label: words.times[one] }))}
      />
      {choice === 'other' && (
        <Field label={words.time}>
          {(labels) => (
            <Input
              {...labels}
              type="datetime-local"
              required
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
    </PassWindow>
  );
}
