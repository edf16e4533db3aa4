import { useTexts } from '../texts';

/** Grey lines in the place of what is on its way. */
export function Skeleton() {
  const { state } = useTexts();
  return <div className="skeleton" role="status" aria-label={state.loading} />;
}
