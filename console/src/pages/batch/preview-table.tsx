import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { paths } from '../../api-types';
import { Authority } from '../../components/authority';
import { useNow } from '../../components/now';
import { formatAge, formatTime, useTexts, useTextsOf } from '../../texts';
import { batchTexts } from '../../texts/batch';
import { decidingTexts } from '../../texts/deciding';

type Preview =
  paths['/api/clerk/batch-previews']['post']['responses'][200]['content']['application/json']['entries'];

/** Each journey, whether it will be decided about, and what that does or why not. */
export function PreviewTable({ entries }: { entries: Preview }) {
  const texts = useTexts();
  const words = useTextsOf(batchTexts);
  const { next } = useTextsOf(decidingTexts);
  const now = useNow();
  return (
    <div className="scroll">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{words.caseNumber}</th>
            <th scope="col">{words.waited}</th>
            <th scope="col">{words.authority}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ entry, effects, leftOut }) => (
            <tr key={entry.journey} data-others={leftOut ? '' : undefined}>
              <th scope="row">
                <Link to="/journeys/$id" params={{ id: entry.journey }}>
                  {entry.caseNumber ?? words.open}
                </Link>
              </th>
              <td>
                <time dateTime={entry.since} title={formatTime(entry.since)}>
                  {formatAge(now - Date.parse(entry.since), texts)}
                </time>
              </td>
              <td>
                <Authority code={entry.authority} />
              </td>
              <td>
                {leftOut ? (
                  <>
                    <Tag>{words.wont}</Tag> {words.refused[leftOut]}
                  </>
                ) : (
                  <Tag color="processing">{words.will}</Tag>
                )}
              </td>
              <td>{effects && next[effects.next]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
