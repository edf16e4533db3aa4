import { accepts, allowedAt, commandNames, isRest, machineStepOf, stepOf, stopNames } from './steps';
import type { Command, Stop } from './steps';

/** The owner's manual as a table: what the person may do where. `enter` and `decide` are asked apart. */
const manual: Record<Stop, Command[]> = {
  entry: [],
  face: ['start-face', 'report-face', 'decline'],
  'face-failed': ['start-face', 'decline'],
  'bank-card': ['submit-card', 're-enter'],
  portrait: ['confirm-portrait', 're-enter'],
  'to-dos': ['confirm', 'refuse', 'close'],
  'matter-face': ['start-face', 'report-face', 'decline', 'refuse'],
  'matter-face-failed': ['start-face', 'decline', 'refuse'],
  signing: ['sign', 'cancel', 'refuse'],
  completed: ['confirm', 'refuse', 'close'],
  stuck: ['close'],
  'matter-stuck': ['back', 'refuse', 'close'],
  closed: [],
};

describe.each(Object.entries(manual) as [Stop, Command[]][])('at %s', (stop, allowed) => {
  it.each(commandNames.filter((name) => name !== 'enter' && name !== 'decide'))('%s', (command) => {
    expect(accepts(stop, command)).toBe(allowed.includes(command));
  });

  it('coming back is possible unless all is over', () => {
    expect(accepts(stop, 'enter')).toBe(stop !== 'closed');
  });

  it('a clerk decides only where one is waited for', () => {
    expect(accepts(stop, 'decide')).toBe(stop === 'stuck' || stop === 'matter-stuck');
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
  ]);
});

it('people see one step where two stops are the same to them', () => {
  expect([stepOf('matter-face-failed'), stepOf('matter-stuck'), stepOf('signing')]).toEqual([
    'face-failed',
    'stuck',
    'signing',
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
