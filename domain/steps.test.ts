import {
  accepts,
  allowedAt,
  clerkCommands,
  commandNames,
  isClerkCommand,
  isRest,
  machineStepOf,
  stepOf,
  stopNames,
} from './steps';
import type { Command, Stop } from './steps';

/** The owner's manual as a table: what the person may do where. `enter` and what clerks say are asked apart. */
const manual: Record<Stop, Command[]> = {
  entry: [],
  face: ['start-face', 'report-face', 'decline', 'ask-in-person'],
  'face-failed': ['start-face', 'decline', 'ask-in-person'],
  'bank-card': ['submit-card', 're-enter', 'ask-in-person'],
  portrait: ['confirm-portrait', 're-enter'],
  'to-dos': ['confirm', 'refuse', 'ask-re-issue', 'close'],
  'matter-face': ['start-face', 'report-face', 'decline', 'refuse', 'ask-in-person'],
  'matter-face-failed': ['start-face', 'decline', 'refuse', 'ask-in-person'],
  signing: ['sign', 'cancel', 'refuse'],
  completed: ['confirm', 'refuse', 'ask-re-issue', 'close'],
  stuck: ['ask-in-person', 'close'],
  'matter-stuck': ['ask-in-person', 'back', 'refuse', 'close'],
  'in-person': ['go-online', 'close'],
  'matter-in-person': ['go-online', 'back', 'refuse', 'close'],
  closed: [],
};

describe.each(Object.entries(manual) as [Stop, Command[]][])('at %s', (stop, allowed) => {
  it.each(commandNames.filter((name) => name !== 'enter' && !isClerkCommand(name)))('%s', (command) => {
    expect(accepts(stop, command)).toBe(allowed.includes(command));
  });

  it('coming back is possible unless all is over', () => {
    expect(accepts(stop, 'enter')).toBe(stop !== 'closed');
  });

  it.each(clerkCommands)('a clerk may %s only where one is waited for', (command) => {
    expect(accepts(stop, command)).toBe(/(stuck|in-person)$/.test(stop));
  });

  it('tells the person nothing but what they may do', () => {
    expect([...allowedAt(stop)].sort()).toEqual([...allowed].sort());
  });
});

it('knows no stop beside those of the manual', () => {
  expect([...stopNames].sort()).toEqual(Object.keys(manual).sort());
});

it('「这不是我办的」 stands from the to-dos to the signing page, and in a matter that is stuck', () => {
  const refusable = stopNames.filter((stop) => accepts(stop, 'refuse'));
  expect(refusable).toEqual([
    'to-dos',
    'matter-face',
    'matter-face-failed',
    'signing',
    'completed',
    'matter-stuck',
    'matter-in-person',
  ]);
});

it('the way without a face stands at the bank card and at every face step (人脸识别技术应用安全管理办法 art. 10)', () => {
  const open = stopNames.filter((stop) => accepts(stop, 'ask-in-person'));
  expect(open).toEqual([
    ...['face', 'face-failed', 'bank-card', 'matter-face', 'matter-face-failed', 'stuck', 'matter-stuck'],
  ]);
});

it('people see one step where two stops are the same to them', () => {
  expect(stopNames.filter((stop) => stepOf(stop) !== stop).map((stop) => [stop, stepOf(stop)])).toEqual([
    ['matter-face-failed', 'face-failed'],
    ['matter-stuck', 'stuck'],
    ['in-person', 'stuck'],
    ['matter-in-person', 'stuck'],
  ]);
});

it('names the machine work that follows a command', () => {
  expect([machineStepOf('enter'), machineStepOf('submit-card'), machineStepOf('close')]).toEqual([
    'certificate-check',
    'bank-card-check',
    'working',
  ]);
});

it('cuts a long history only where nothing is under way', () => {
  expect(stopNames.filter(isRest)).toEqual(['to-dos', 'completed', 'entry']);
});
