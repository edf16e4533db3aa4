import { createRequire } from 'node:module';
import { needsOf } from '../../scripts/test-needs.mjs';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/**
 * The longest test files first, so that no worker is left with one at the end. Jest knows by itself how long those took that have
 * run here before; of the others, those that start whole services are taken for the longest.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path, duration }) => duration === undefined && needsOf([path]).has('services');
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
