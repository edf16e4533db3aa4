import { createRequire } from 'node:module';
import { needsOf } from '../../scripts/test-needs.mjs';

const require = createRequire(import.meta.url);
const { default: Sequencer } = /** @type {typeof import('@jest/test-sequencer')} */ (
  require('@jest/test-sequencer')
);
/** @typedef {Parameters<InstanceType<typeof Sequencer>['sort']>[0][number]} Test */

/**
 * The longest test files first, so that no worker is left with one at the end. Jest knows how long files took that have run here
 * before; of the others, those that start whole services count as the longest.
 */
export default class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {Test[]} tests
   */
  async sort(tests) {
    /** @param {Test} test */
    const isLong = ({ path, duration }) => duration === undefined && needsOf([path]).has('services');
    const sorted = await super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
