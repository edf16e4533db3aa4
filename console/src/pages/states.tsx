import { Link } from '@tanstack/react-router';
import { PageTitle } from '../components/page-title';
import { useTexts } from '../texts';

/** No such page. */
export function Missing() {
  const { state } = useTexts();
  return (
    <div className="stack">
      <PageTitle>{state.pageMissing}</PageTitle>
      <Link to="/">{state.toWorklist}</Link>
    </div>
  );
}

/** A page that has failed, or whose file could not be loaded: after a new version the old one's are gone. */
export function Broken() {
  const { state } = useTexts();
  return (
    <div className="stack">
      <PageTitle>{state.broken}</PageTitle>
      <a href={window.location.href}>{state.open}</a>
    </div>
  );
}
