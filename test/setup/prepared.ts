/**
 * What scripts/test.mjs has prepared for this run, by the name of a file in needs/. A test file imports what it needs from there,
 * itself or through others, and only that is prepared.
 * @throws if the test was started by jest itself and not by `npm test`
 */
export function prepared<T>(need: string): T {
  const { testPreparations = {} } = globalThis as { testPreparations?: Record<string, unknown> };
  if (!(need in testPreparations)) {
    throw new Error(`This test needs ${need}: run it with \`npm test -- <part of its path>\`.`);
  }
  return testPreparations[need] as T;
}
