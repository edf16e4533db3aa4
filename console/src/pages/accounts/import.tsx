import { useEffect, useRef, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useBlocker } from '@tanstack/react-router';
import { ApiFailure } from '../../client';
import type { Schemas } from '../../client';
import { Authorities } from '../../components/authority';
import { Done } from '../../components/done';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { readAgain } from '../../queries';
import { bodyOf, post } from '../../session';
import { useTexts, useTextsOf } from '../../texts';
import { accountTexts } from '../../texts/accounts';

type Preview = Schemas['AccountImportPreview'];
type Row = Preview['rows'][number];

/** What became of a row, by its line. */
type Result = { isProposed: boolean; oneTimePassword?: string } | { error: unknown };

const LARGEST = 200_000;

/** Makes accounts from a CSV file: each row is shown before, and then made by itself, as one that is typed. */
export function ImportAccounts() {
  const words = useTextsOf(accountTexts);
  const [isTooLarge, setTooLarge] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const previewing = useMutation({
    mutationFn: async (file: File) =>
      await bodyOf(post('/api/clerk/clerks/import-preview', { body: { csv: await file.text() } })),
  });
  const { data } = previewing;
  return (
    <section className="card stack">
      <h2>{words.import}</h2>
      <p className="hint">{words.importAbout}</p>
      <Field label={words.file}>
        {(labels) => (
          <input
            {...labels}
            type="file"
            accept=".csv,text/csv"
            // Another file would take the place of the passwords that this one is giving.
            disabled={isRunning}
            onChange={({ target }) => {
              const file = target.files?.[0];
              // The same file can be chosen again after it was corrected.
              target.value = '';
              setTooLarge(file !== undefined && file.size > LARGEST);
              previewing.reset();
              if (file && file.size <= LARGEST) previewing.mutate(file);
            }}
          />
        )}
      </Field>
      {isTooLarge && <p className="defect">{words.tooLarge}</p>}
      {previewing.error && <Failure error={previewing.error} />}
      {data?.defect && (
        <p className="defect" role="alert">
          {words.fileDefects[data.defect]}
        </p>
      )}
      {data && !data.defect && (
        <Rows key={previewing.submittedAt} rows={data.rows} isRunning={isRunning} onRunning={setRunning} />
      )}
    </section>
  );
}

function Rows({
  rows,
  isRunning,
  onRunning,
}: {
  rows: readonly Row[];
  isRunning: boolean;
  onRunning: (isRunning: boolean) => void;
}) {
  const words = useTextsOf(accountTexts);
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const goesOn = useRef(false);
  useEffect(() => () => void (goesOn.current = false), []);
  const made = rows.filter(({ account }) => account);
  const todo = made.filter(({ line }) => !results.has(line));
  const failed = [...results.values()].filter((result) => 'error' in result).length;
  const showsPasswords = [...results.values()].some(
    (result) => 'oneTimePassword' in result && result.oneTimePassword !== undefined,
  );
  useBlocker({
    shouldBlockFn: () => !window.confirm(words.leave),
    enableBeforeUnload: true,
    disabled: !isRunning && !showsPasswords,
  });
  /** One after the other, until the page is left or the session ends: those that are left can be imported again. */
  const run = async () => {
    if (goesOn.current) return;
    goesOn.current = true;
    onRunning(true);
    for (const { line, account } of todo) {
      const result = await make(account);
      if ('error' in result && isSignedOut(result.error)) break;
      setResults((before) => new Map([...before, [line, result]]));
      if (!isGoingOn(goesOn)) break;
    }
    goesOn.current = false;
    onRunning(false);
    readAgain('accounts', 'acts');
  };
  const isDone = made.length > 0 && todo.length === 0 && !isRunning;
  return (
    <>
      <div role="status">
        {isRunning && <p>{words.importing(results.size, made.length)}</p>}
        {isDone && <Done title={words.imported(results.size - failed, failed)} />}
        {made.length === 0 && <p>{words.nothingToImport}</p>}
      </div>
      {todo.length > 0 && (
        <div>
          <Button type="primary" loading={isRunning} onClick={() => void run()}>
            {words.importSubmit(todo.length)}
          </Button>
        </div>
      )}
      {showsPasswords && <p className="hint">{words.keepPasswords}</p>}
      <div className="wide" tabIndex={0} role="region" aria-label={words.import}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.line}</th>
              <th scope="col">{words.login}</th>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.role}</th>
              <th scope="col">{words.scope}</th>
              <th scope="col">{words.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <OneRow key={row.line} row={row} result={results.get(row.line)} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const isGoingOn = ({ current }: { current: boolean }) => current;

const isSignedOut = (error: unknown) => error instanceof ApiFailure && error.code === 'not_signed_in';

async function make(account: Row['account']): Promise<Result> {
  if (!account) throw new Error('A row without an account makes none.');
  try {
    const { data, response } = await post('/api/clerk/clerks', { body: account });
    return { isProposed: response.status === 202, oneTimePassword: data?.oneTimePassword };
  } catch (error) {
    return { error };
  }
}

function OneRow({ row: { line, cells, account, needsTwo, defects }, result }: { row: Row; result?: Result }) {
  const words = useTextsOf(accountTexts);
  const { roles } = useTexts();
  const [login = '', name = '', role = '', scope = ''] = account
    ? [account.login, account.name, roles[account.role], <Authorities codes={account.scope} />]
    : cells;
  return (
    <tr>
      <td>{line}</td>
      <th scope="row" className="long">
        {login}
      </th>
      <td className="long">{name}</td>
      <td className="long">{role}</td>
      <td className="long">{scope}</td>
      <td>
        {result ? (
          <Outcome result={result} />
        ) : account ? (
          <Tag color="processing">{needsTwo ? words.willBeProposed : words.willBeMade}</Tag>
        ) : (
          <>
            <Tag color="error">{words.willNot}</Tag>
            {defects.map((defect) => (
              <p key={defect}>{words.defects[defect]}</p>
            ))}
          </>
        )}
      </td>
    </tr>
  );
}

function Outcome({ result }: { result: Result }) {
  const words = useTextsOf(accountTexts);
  if ('error' in result)
    return (
      <>
        <Tag color="error">{words.failed}</Tag>
        <Failure error={result.error} />
      </>
    );
  const { isProposed, oneTimePassword } = result;
  return (
    <>
      <Tag color={isProposed ? 'warning' : 'success'}>{isProposed ? words.waits : words.made}</Tag>
      {oneTimePassword && (
        <p>
          <small>{isProposed ? words.firstHalf : words.passwordOnce}</small>{' '}
          <code className="secret">{oneTimePassword}</code>
        </p>
      )}
    </>
  );
}
