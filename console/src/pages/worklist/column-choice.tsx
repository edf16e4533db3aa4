import { useNavigate } from '@tanstack/react-router';
import { useTexts } from '../../texts';
import { allColumns, keepColumns, keptColumns, readColumns } from './columns';
import type { Column } from './columns';
import type { WorklistFilters } from './filters';

/** Which columns are shown. What is chosen is kept in this browser. */
export function ColumnChoice({ filters: { columns, ...filters } }: { filters: WorklistFilters }) {
  const { worklist } = useTexts();
  const navigate = useNavigate();
  const shown = readColumns(columns ?? '') ?? keptColumns();
  const choose = (column: Column, isChosen: boolean) => {
    const chosen = allColumns.filter((one) => (one === column ? isChosen : shown.includes(one)));
    keepColumns(chosen);
    void navigate({ to: '/', search: { ...filters, columns: chosen.join(',') }, replace: true });
  };
  return (
    <details className="menu">
      <summary>{worklist.chooseColumns}</summary>
      <fieldset>
        <legend className="unseen">{worklist.chooseColumns}</legend>
        {allColumns.map((column) => (
          <label key={column}>
            <input
              type="checkbox"
              checked={shown.includes(column)}
              disabled={column === 'cause'}
              onChange={(event) => choose(column, event.target.checked)}
            />{' '}
            {worklist.columns[column]}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
