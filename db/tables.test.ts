import { join } from 'node:path';
import * as ts from 'typescript';
import { freshDatabase } from '../test/setup/database';
import type { FreshDatabase } from '../test/setup/database';
import { migrate } from './store/migrations';
import { openDatabase } from './store/store';

/** A column: what values have, whether it may be null, and the longest of its values where tables.ts lists them. */
interface Column {
  family: string;
  isNullable: boolean;
  longest?: number;
}

let database: FreshDatabase;
const settings = () => ({ url: database.url, keysDatabase: database.keysDatabase, pool: 1 });

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(settings());
}, 120_000);
afterAll(() => database.drop());

/** The columns that `Rows` declares, by `table.column`. */
function declaredColumns(): Map<string, Column> {
  const file = join(__dirname, 'tables.ts');
  const program = ts.createProgram([file], { strict: true, skipLibCheck: true, types: ['node'] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const rows = source?.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Rows',
  );
  const columns = new Map<string, Column>();
  for (const table of checker.getTypeAtLocation(rows!).getProperties())
    for (const column of checker.getTypeOfSymbol(table).getProperties())
      columns.set(`${table.name}.${column.name}`, columnOf(checker, checker.getTypeOfSymbol(column)));
  return columns;
}

function columnOf(checker: ts.TypeChecker, type: ts.Type): Column {
  const values = type.isUnion() ? type.types : [type];
  const own = values.filter(({ flags }) => !(flags & ts.TypeFlags.Null));
  const texts = own.flatMap((value) => (value.isStringLiteral() ? [value.value.length] : []));
  const families = own.map((value) => checker.typeToString(checker.getBaseTypeOfLiteralType(value)));
  return {
    family: [...new Set(families.map((family) => family.replace(/<.*>/, '')))].join(' or '),
    isNullable: own.length < values.length,
    ...(texts.length > 0 && { longest: Math.max(...texts) }),
  };
}

const families: Readonly<Record<string, string>> = {
  ...{ char: 'string', varchar: 'string', mediumtext: 'string', date: 'string', decimal: 'string' },
  ...{ tinyint: 'number', int: 'number', bigint: 'number' },
  ...{ varbinary: 'Buffer', mediumblob: 'Buffer', datetime: 'Date' },
};

it('tables.ts declares every table and column as the database has it, and nothing else', async () => {
  const knex = openDatabase(settings());
  const [rows]: { name: string; type: string; nullable: string; length: number | null }[][] = await knex.raw(
    `SELECT CONCAT(table_name, '.', column_name) AS name, data_type AS type, is_nullable AS nullable,
       character_maximum_length AS length
       FROM information_schema.columns
      WHERE table_schema IN (DATABASE(), ?) AND table_name NOT LIKE 'knex%'`,
    [database.keysDatabase],
  );
  await knex.destroy();
  const declared = declaredColumns();
  const there = rows!.map(({ name, type, nullable }) => [
    name,
    { family: families[type], isNullable: nullable === 'YES' },
  ]);
  const columns = [...declared].map(([name, { family, isNullable }]) => [name, { family, isNullable }]);
  expect(Object.fromEntries(columns)).toEqual(Object.fromEntries(there));
  const tooLong = rows!.filter(
    ({ name, length }) => (declared.get(name)?.longest ?? 0) > (length ?? Infinity),
  );
  expect(tooLong).toEqual([]);
});
