// Mutation tests of domain/, whose rules need no server: docs/testing.md says what the score means.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default {
  mutate: ['domain/**/*.ts', '!domain/**/*.test.ts', '!domain/limits.ts'],
  ignorePatterns: [
    ...['*', '!domain', '!domain/**', '!jest.config.js', '!package.json', '!tsconfig.json'],
    ...['!scripts', '!scripts/swc-options.json'],
  ],
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.js',
    config: {
      testMatch: ['<rootDir>/domain/**/*.test.ts'],
      // Ours need files outside of domain/.
      ...{ reporters: ['default'], testSequencer: '@jest/test-sequencer' },
    },
  },
  thresholds: { high: 95, low: 90, break: 90 },
  coverageAnalysis: 'perTest',
  // Mutants in code that runs once, when a module is loaded: every one needs all tests, and they would take four fifths of the time.
  ignoreStatic: true,
  concurrency: 2,
  // A machine that is busy must not look like a mutant that hangs.
  timeoutMS: 60_000,
  // Outside the project: a copy of the tests in it would be run by jest.
  tempDirName: mkdtempSync(join(tmpdir(), 'rid-mutation-')),
  reporters: ['clear-text', 'progress', 'html', 'json'],
  htmlReporter: { fileName: '.data/mutation/report.html' },
  jsonReporter: { fileName: '.data/mutation/report.json' },
};
