import { statementsThatDoNotCompile } from '../test/setup/needs/compiler';

const joined = "db('confirmations AS c').join('matters AS m', 'm.id', 'c.matter_id')";

it('a query compiles only with columns that its tables have, and with values that they can hold', () => {
  const right = [
    "await db('journeys').where({ id: 'j' }).first('step', 'revision')",
    "(await db('journeys').where('revision', '>', 1).orderBy('id').select('step'))[0]?.step.length",
    "await db('journeys').where({ id: 'j' }).update({ step: 'closed', person: null })",
    `(await ${joined}.where({ 'm.state': 'open' }).select({ role: 'c.role' }))[0]?.role.length`,
  ];
  const wrong = [
    "db('journey').where({ id: 'j' })",
    "db('journeys').where({ nosuch: 1 })",
    "db('journeys').where({ step: 'nosuch' })",
    "db('journeys').where('nosuch', 1).first()",
    "db('journeys').whereIn('nosuch', [1]).first()",
    "db('journeys').whereNull('nosuch').first()",
    "db('journeys').orderBy('nosuch').first()",
    "(await db('journeys').select('id', 'nosuch'))[0]",
    "(await db('journeys').first('nosuch'))?.nosuch",
    "(await db('journeys').select({ name: 'nosuch' }))[0]",
    "(await db('journeys').select('step'))[0]?.revision",
    "db('journeys').insert({ nosuch: 1 })",
    "db('journeys').update({ nosuch: 1 })",
    "db('journeys').update({ stuck_cause: 'nosuch' })",
    "db('confirmations AS c').join('matters AS m', 'm.nosuch', 'c.matter_id').first()",
    `${joined}.where({ 'm.nosuch': 1 })`,
    `(await ${joined}.select({ name: 'c.nosuch' }))[0]`,
    "db('confirmations AS unknown').where({ role: 'x' })",
  ];
  const surroundings = {
    file: 'db/statements.ts',
    before: ["import type { Knex } from 'knex';", 'declare const db: Knex;'],
    declarations: ['db/tables.ts', 'db/strict-columns.ts'],
  };
  expect(statementsThatDoNotCompile([...right, ...wrong], surroundings)).toEqual(wrong);
}, 120_000);
