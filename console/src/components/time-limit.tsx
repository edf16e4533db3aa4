import { Tag } from 'antd';
import type { WorklistEntry } from '../client';
import { dueStateOf } from '../../../domain/worklist';
import { formatAge, formatTime, useTexts } from '../texts';

/** How much of the time for a journey is left, or that none runs. */
export function TimeLimit({ entry: { dueAt }, now }: { entry: Pick<WorklistEntry, 'dueAt'>; now: number }) {
  const texts = useTexts();
  const { worklist: words } = texts;
  if (dueAt === undefined) return <span className="hint">{words.paused}</span>;
  const left = new Date(dueAt).getTime() - now;
  const isOverdue = dueStateOf({ dueAt: new Date(dueAt) }, new Date(now)) === 'overdue';
  const time = formatAge(Math.abs(left), texts);
  return (
    <time dateTime={dueAt} title={formatTime(dueAt)}>
      {isOverdue ? <Tag color="error">{words.overdueBy(time)}</Tag> : words.dueIn(time)}
    </time>
  );
}
