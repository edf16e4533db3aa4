import { useState } from 'react';
import { Button } from 'antd';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import type { ClerkRight } from '../../domain/clerks';
import { hasRight } from '../../domain/clerks';
import { LanguageSwitch } from './components/language-switch';
import { KeySheet, useKeys } from './keys';
import { useLive } from './live/use-live';
import { readWorklistFilters } from './pages/worklist/filters';
import { signOut, useSession } from './session';
import { useTexts } from './texts';

/** The pages of the menu, with the right that each needs. */
const menu = [
  { to: '/', name: 'worklist', right: 'see' },
  { to: '/search', name: 'search', right: 'see' },
  { to: '/matters', name: 'matters', right: 'see' },
  { to: '/complaints', name: 'complaints', right: 'see' },
  { to: '/flags', name: 'flags', right: 'see' },
  { to: '/figures', name: 'figures', right: 'see' },
  { to: '/actions', name: 'actions', right: 'see-actions' },
  { to: '/accounts', name: 'accounts', right: 'manage-clerks' },
  { to: '/acts', name: 'acts', right: 'see-actions' },
] as const satisfies { to: string; name: string; right: ClerkRight }[];

/** What surrounds every page: the header with the menu, and the keys that work everywhere. */
export function Frame() {
  const texts = useTexts();
  const { clerk } = useSession();
  const navigate = useNavigate();
  const [isSheetOpen, setSheetOpen] = useState(false);
  useLive();
  useKeys({
    sheet: () => setSheetOpen(true),
    // To the list from which a journey was opened.
    back: () => void navigate({ to: '/', search: (search) => readWorklistFilters({ ...search }) }),
    search() {
      const field = document.querySelector<HTMLElement>('[data-search]');
      if (field) field.focus();
      else if (hasRight(clerk.role, 'see')) void navigate({ to: '/search' });
    },
  });
  return (
    <>
      <a className="skip" href="#text">
        {texts.skip}
      </a>
      <header className="header">
        <div className="brand">
          <span className="emblem" />
          <p>
            {texts.title}
            <small>{texts.subtitle}</small>
          </p>
        </div>
        <nav aria-label={texts.menu}>
          {menu
            .filter(({ right }) => hasRight(clerk.role, right))
            .map(({ to, name }) => (
              <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
                {texts.pages[name]}
              </Link>
            ))}
        </nav>
        <div className="tools">
          <LanguageSwitch />
          <Button type="text" aria-keyshortcuts="?" onClick={() => setSheetOpen(true)}>
            {texts.keys.open}
          </Button>
          <Link to="/security">
            {clerk.name}（{texts.roles[clerk.role]}）
          </Link>
          <Button type="text" onClick={() => void signOut()}>
            {texts.signOut}
          </Button>
        </div>
      </header>
      <main id="text" tabIndex={-1}>
        <Outlet />
      </main>
      {isSheetOpen && <KeySheet onClose={() => setSheetOpen(false)} />}
    </>
  );
}
