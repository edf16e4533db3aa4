import { rejectionOfReissue } from './re-issue';
import type { Reissuable, ReissueRejection } from './re-issue';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const pushedAt = Date.parse('2026-11-01T02:00:00Z');
const after = (ms: number) => new Date(pushedAt + ms);

const toDo: Reissuable = {
  state: 'pending',
  matterState: 'open',
  listedUntil: after(7 * DAY),
  expiresAt: after(30 * DAY),
  reissueRequestedAt: null,
};

test.each<[string, number, Partial<Reissuable>, ReissueRejection | undefined]>([
  ['at the first moment at which it is listed no more', 7 * DAY, {}, undefined],
  ['at the last moment', 30 * DAY - 1, {}, undefined],
  ['while it is listed', 7 * DAY - 1, {}, 'reissue_not_needed'],
  ['when its time is over', 30 * DAY, {}, 'reissue_too_late'],
  ['when it has expired', 20 * DAY, { state: 'expired', matterState: 'expired' }, 'reissue_too_late'],
  [
    'when a newer version is there',
    8 * DAY,
    { state: 'void', matterState: 'superseded' },
    'reissue_too_late',
  ],
  ['when it alone is void', 8 * DAY, { state: 'void' }, 'reissue_too_late'],
  ['when its matter is closed', 8 * DAY, { matterState: 'withdrawn' }, 'reissue_too_late'],
  ['when it is confirmed', 8 * DAY, { state: 'confirmed' }, 'to_do_settled'],
  ['when it is carried over', 8 * DAY, { state: 'carried' }, 'to_do_settled'],
  ['when it is refused', 8 * DAY, { state: 'refused', matterState: 'refused' }, 'to_do_settled'],
  ['after it was asked for', 8 * DAY, { reissueRequestedAt: after(8 * DAY) }, 'reissue_requested_already'],
  ['within a day', 9 * DAY - 1, { reissueRequestedAt: after(8 * DAY) }, 'reissue_requested_already'],
  ['a day later', 9 * DAY, { reissueRequestedAt: after(8 * DAY) }, undefined],
])('%s', (_, ms, changes, rejection) => {
  expect(rejectionOfReissue({ ...toDo, ...changes }, after(ms))).toBe(rejection);
});
