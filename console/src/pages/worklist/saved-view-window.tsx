import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../../client';
import { useAuthorityName } from '../../components/authority';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/failure';
import { Field } from '../../components/field';
import { readAgain } from '../../queries';
import { bodyOf, post, put, useSession } from '../../session';
import { useTextsOf } from '../../texts';
import { savedViewTexts } from '../../texts/saved-views';
import { keptColumns, readColumns } from './columns';
import { filterForApi, filtersOfView } from './filters';
import type { WorklistFilters } from './filters';

type SavedView = Schemas['SavedView'];
type Wanted = Omit<SavedView, 'id' | 'isOwn'>;

/** Keeps what the list shows as a view; or renames, replaces, shares or deletes one. */
export function SavedViewWindow({
  view,
  filters,
  onClose,
}: {
  view?: SavedView;
  filters: WorklistFilters;
  onClose: () => void;
}) {
  const nameOf = useAuthorityName();
  const words = useTextsOf(savedViewTexts);
  const { clerk } = useSession();
  const navigate = useNavigate();
  const [name, setName] = useState(view?.name ?? '');
  const [sharedWith, setSharedWith] = useState(view?.sharedWith ?? '');
  const [isReplaced, setReplaced] = useState(false);
  const done = () => {
    readAgain('views');
    onClose();
  };
  const save = useMutation({
    mutationFn: (body: Wanted) =>
      view
        ? bodyOf(put('/api/clerk/views/{view}', { params: { path: { view: view.id } }, body }))
        : bodyOf(post('/api/clerk/views', { body })),
    onSuccess(_, wanted) {
      done();
      if (!view || isReplaced) void navigate({ to: '/', search: filtersOfView(wanted) });
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      post('/api/clerk/views/{view}/removal', { params: { path: { view: id } }, body: {} }),
    onSuccess: done,
  });
  const error = save.error ?? remove.error;
  const now = {
    filter: filterForApi(filters),
    columns: readColumns(filters.columns ?? '') ?? keptColumns(),
    sort: 'priority' as const,
  };
  return (
    <Dialog title={view ? words.changeTitle : words.saveTitle} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { filter, columns, sort } = view && !isReplaced ? view : now;
          save.mutate({ filter, columns, sort, name: name.trim(), ...(sharedWith && { sharedWith }) });
        }}
      >
        {!view && <p>{words.what}</p>}
        <Field label={words.name}>
          {(labels) => (
            <Input
              {...labels}
              required
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={words.sharedWith}>
          {(labels) => (
            <select {...labels} value={sharedWith} onChange={(event) => setSharedWith(event.target.value)}>
              <option value="">{words.onlyMe}</option>
              {clerk.scope.map((entry) => (
                <option key={entry} value={entry}>
                  {words.all(nameOf(entry))}
                </option>
              ))}
            </select>
          )}
        </Field>
        {view && (
          <label>
            <input
              type="checkbox"
              checked={isReplaced}
              onChange={(event) => setReplaced(event.target.checked)}
            />{' '}
            {words.renew}
          </label>
        )}
        {error && <Failure error={error} />}
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
          {view && (
            <Button danger loading={remove.isPending} onClick={() => remove.mutate(view.id)}>
              {words.remove}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
