import { NewClerksError, readNewClerks } from './new-account';

const clerk = {
  login: 'zhang.san',
  name: ' 张三 ',
  role: 'clerk',
  scope: ['11', 'national', '11'],
  password: 'correct horse battery staple',
};

it('is read alone and in a list, with a scope in which nothing stands twice', () => {
  const read = { ...clerk, name: '张三', scope: ['11', 'national'] };
  expect(readNewClerks(JSON.stringify(clerk))).toEqual([read]);
  expect(readNewClerks(JSON.stringify([clerk, clerk]))).toEqual([read, read]);
});

it.each<[string, string, object[]]>([
  ['no JSON', '{"login"', [{ path: '', code: 'not_json' }]],
  ['nothing', 'null', [{ path: '0', code: 'missing_or_invalid' }]],
  ['another role', JSON.stringify({ ...clerk, role: 'boss' }), [{ path: '0.role', code: 'not_a_choice' }]],
  ['a field too many', JSON.stringify({ ...clerk, s3cret: 1 }), [{ path: '0', code: 'missing_or_invalid' }]],
  [
    'a weak password and a wrong scope in the second',
    JSON.stringify([clerk, { ...clerk, scope: ['1'] }, { ...clerk, password: 'short' }]),
    [
      { path: '1.scope.0', code: 'scope_form' },
      { path: '2.password', code: 'password_too_short' },
    ],
  ],
])('with %s is refused, and nothing of it is repeated', (_, json, issues) => {
  expect(() => readNewClerks(json)).toThrow(expect.objectContaining({ code: 'new_clerks_unusable', issues }));
  expect(() => readNewClerks(json)).not.toThrow(/s3cret|boss|short;/);
});

it('says in one sentence what to do', () => {
  expect(new NewClerksError([{ path: '0.login', code: 'login_form' }]).message).toBe(
    'No account was added; correct what was given and repeat. 0.login: login_form.',
  );
});
