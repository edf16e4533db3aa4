const swcOptions = require('./scripts/swc-options.json');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.data/', '<rootDir>/miniapp/', '<rootDir>/console/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/registry-client/dist/', '<rootDir>/.data/'],
  transform: {
    '\\.ts$': ['@swc/jest', swcOptions],
    // These packages are ES modules: Node requires them, jest does not.
    '/node_modules/(openid-client|oauth4webapi|jose)/.+\\.js$': ['@swc/jest', swcOptions],
  },
  transformIgnorePatterns: ['/node_modules/(?!(openid-client|oauth4webapi|jose)/)'],
  reporters: ['default', '<rootDir>/test/setup/slowest-tests.mjs'],
  testSequencer: '<rootDir>/test/setup/sequencer.mjs',
  // Tests of workflows start servers and workers of their own; more at once only wait for each other.
  maxWorkers: 3,
  testTimeout: 30_000,
  // `npm run coverage`. Programs run as processes of their own, and workflows/ from a bundle in a context of its own: jest sees
  // neither.
  collectCoverageFrom: [
    '{domain,api,db}/**/*.ts',
    '!**/*.test.ts',
    '!api/{main,decide}.ts',
    '!db/{migrate,add-clerk,audit-verify}.ts',
  ],
  coverageDirectory: '.data/coverage',
  coverageReporters: ['text', 'html'],
};
