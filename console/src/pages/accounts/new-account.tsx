import { useId, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { clerkRoles } from '../../../../domain/clerks';
import type { ClerkRole } from '../../../../domain/clerks';
import { AuthorityPicker } from '../../components/authority-picker';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { readAgain } from '../../queries';
import { post } from '../../session';
import { useTexts, useTextsOf } from '../../texts';
import { accountTexts } from '../../texts/accounts';
import { Outcome } from './outcome';
import type { Given } from './outcome';

const empty = { login: '', name: '' };

/** Makes an account, or proposes it to another admin where the role takes two. */
export function NewAccount() {
  const words = useTextsOf(accountTexts);
  const { roles } = useTexts();
  const roleLabel = useId();
  const [typed, setTyped] = useState(empty);
  const [scope, setScope] = useState<string[]>([]);
  const [role, setRole] = useState<ClerkRole>('clerk');
  const [given, setGiven] = useState<Given>();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const { login, name } = typed;
      const { data, response } = await post('/api/clerk/clerks', { body: { login, name, role, scope } });
      setGiven({ login, oneTimePassword: data?.oneTimePassword, isProposed: response.status === 202 });
    },
    onSuccess() {
      setTyped(empty);
      setScope([]);
      readAgain('accounts', 'acts');
    },
  });
  const field = (name: keyof typeof empty) => (
    <Field label={words[name]}>
      {(labels) => (
        <Input
          {...labels}
          autoComplete="off"
          required
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <section className="card">
      <h2>{words.add}</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        {field('login')}
        {field('name')}
        <div className="field">
          <p id={roleLabel} className="label">
            {words.role}
          </p>
          <Radio.Group
            aria-labelledby={roleLabel}
            value={role}
            onChange={(event) => setRole(event.target.value as ClerkRole)}
            options={clerkRoles.map((one) => ({ value: one, label: roles[one] }))}
          />
        </div>
        <AuthorityPicker label={words.scope} chosen={scope} onChange={setScope} />
        {error && <Failure error={error} />}
        {given && <Outcome given={given} />}
        <div>
          <Button type="primary" htmlType="submit" loading={isPending}>
            {words.addSubmit}
          </Button>
        </div>
      </form>
    </section>
  );
}
