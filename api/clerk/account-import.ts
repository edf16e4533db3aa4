import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { proposedLogins } from '../../db/clerks/administrative-acts';
import { listClerks } from '../../db/clerks/clerks';
import type { ClerkAccount } from '../../db/clerks/clerks';
import { newAccountSchema } from '../../db/clerks/new-account';
import type { NewAccount } from '../../db/clerks/new-account';
import { clerkRoles, isGivenByTwo } from '../../domain/clerks';
import type { ClerkRole } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const LARGEST = 200_000;
const MOST_ROWS = 200;

/** The first line, in either language. */
const HEADS = ['login,name,role,scope', '登录名,姓名,角色,管辖范围'];
const rolesInChinese: Record<string, ClerkRole> = {
  ...{ 经办: 'clerk', 复核: 'reviewer', 审计: 'auditor', 管理: 'admin' },
};

/** Why the whole file can't be read. */
const fileDefects = ['not_utf8', 'malformed', 'head_wrong', 'empty', 'too_many_rows'] as const;
type FileDefect = (typeof fileDefects)[number];

/** Why a row makes no account. */
const rowDefects = [
  ...(['cells_wrong', 'login_form', 'login_repeated', 'login_taken', 'login_waits'] as const),
  ...(['already_there', 'name_missing', 'name_length', 'name_form', 'role_unknown', 'scope_form'] as const),
  'scope_too_long',
] as const;
type RowDefect = (typeof rowDefects)[number];

const row = z.strictObject({
  line: z.number().int(),
  cells: z.array(z.string()).describe('as they stand in the file'),
  account: newAccountSchema.optional().describe('what POST /api/clerk/clerks makes of it'),
  needsTwo: z.boolean().optional().describe('whether another admin has to approve it'),
  defects: z.array(z.enum(rowDefects)).describe('none: the account can be made'),
});

const preview = z
  .strictObject({ defect: z.enum(fileDefects).optional(), rows: z.array(row) })
  .meta({ id: 'AccountImportPreview' });

/** Reads a list of accounts and says of each row what it would make. It makes nothing: each account is then made by itself. */
export function accountImportRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/api/clerk/clerks/import-preview',
    summary: `What each row of a CSV file (RFC 4180, UTF-8, at most ${MOST_ROWS} accounts) would make, and why not`,
    audience: 'clerk',
    right: 'manage-clerks',
    action: 'preview-account-import',
    body: z.strictObject({ csv: z.string().max(LARGEST, 'too_big') }),
    limit: 4 * LARGEST,
    responses: { 200: { description: 'Row by row', schema: preview } },
    async handle({ body: { csv }, now }) {
      const read = readRows(csv);
      if (!Array.isArray(read)) return { status: 200, body: { defect: read, rows: [] } };
      const known = new Map((await listClerks(store.knex)).map((account) => [account.login, account]));
      const waiting = await proposedLogins(store.knex, now);
      const seen = new Set<string>();
      const rows = read.map(({ line, cells }) => {
        const { account, defects } = accountOf(cells);
        if (!account) return { line, cells, defects };
        const found = loginDefect(account, { known, waiting, seen });
        seen.add(account.login);
        if (found) return { line, cells, defects: [found] };
        return { line, cells, account, needsTwo: isGivenByTwo(account.role), defects };
      });
      return { status: 200, body: { rows } };
    },
  });
}

interface Line {
  line: number;
  cells: string[];
}

function readRows(csv: string): Line[] | FileDefect {
  // What a browser could not decode.
  if (csv.includes('\uFFFD')) return 'not_utf8';
  let lines: Line[];
  try {
    const records = parse(csv, {
      ...{ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true },
      record_delimiter: ['\r\n', '\n', '\r'],
      // A record that spans lines is none of ours: each account is one line.
      max_record_size: 4_000,
      on_record: (cells: string[], { lines: line }) => [String(line), ...cells],
    });
    lines = records.map(([line, ...cells]) => ({ line: Number(line), cells }));
  } catch {
    return 'malformed';
  }
  const [head, ...rows] = lines;
  if (!head || !HEADS.includes(head.cells.join(','))) return 'head_wrong';
  if (rows.length === 0) return 'empty';
  return rows.length > MOST_ROWS ? 'too_many_rows' : rows;
}

function accountOf(cells: readonly string[]): { account?: NewAccount; defects: RowDefect[] } {
  if (cells.length !== 4) return { defects: ['cells_wrong'] };
  const [login, name, role = '', scope = ''] = cells;
  const read = newAccountSchema.safeParse({
    ...{ login, name, scope: scope.split(/[\s、;；]+/).filter((one) => one !== '') },
    role: clerkRoles.find((one) => one === role) ?? rolesInChinese[role],
  });
  if (read.success) return { account: read.data, defects: [] };
  const codes = read.error.issues.map(({ message }) => defectOf[message] ?? 'cells_wrong');
  return { defects: [...new Set(codes)] };
}

/** By the codes of newAccountSchema. */
const defectOf: Readonly<Record<string, RowDefect>> = {
  login_form: 'login_form',
  name_missing: 'name_missing',
  name_length: 'name_length',
  name_form: 'name_form',
  not_a_choice: 'role_unknown',
  scope_form: 'scope_form',
  too_big: 'scope_too_long',
};

function loginDefect(
  account: NewAccount,
  {
    known,
    waiting,
    seen,
  }: { known: Map<string, ClerkAccount>; waiting: Set<string>; seen: ReadonlySet<string> },
): RowDefect | undefined {
  const { login } = account;
  if (seen.has(login)) return 'login_repeated';
  if (waiting.has(login)) return 'login_waits';
  const there = known.get(login);
  if (!there) return undefined;
  return isSame(there, account) ? 'already_there' : 'login_taken';
}

/** Whether the file was imported before. */
function isSame(there: ClerkAccount, { name, role, scope }: NewAccount): boolean {
  return there.name === name && there.role === role && there.scope.join() === [...scope].sort().join();
}
