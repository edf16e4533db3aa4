import { Link } from '@tanstack/react-router';

/** Chooses between what waits and what else there is; the choice stands in the address. */
export function ListingSwitch({
  to,
  open,
  all,
}: {
  to: '/complaints' | '/flags';
  open: string;
  all: string;
}) {
  return (
    <nav className="filters" aria-label={`${open}、${all}`}>
      <Link to={to} search={{}} activeOptions={{ exact: true }}>
        {open}
      </Link>
      <Link to={to} search={{ all: true }} activeOptions={{ exact: true }}>
        {all}
      </Link>
    </nav>
  );
}
