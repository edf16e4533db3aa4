import { Link } from '@tanstack/react-router';
import { Authority } from '../../components/authority';
import { useRowKeys } from '../../keys';
import { formatTime, useTexts, useTextsOf, useWords } from '../../texts';
import { matterTexts } from '../../texts/matters';
import { searchTexts } from '../../texts/search';
import type { Found } from './search';

/** What was found: each leads to its page. */
export function Results({ found: { journeys, matters } }: { found: Found }) {
  const texts = useTexts();
  const words = useTextsOf(searchTexts);
  const { document } = useWords();
  const { states } = useTextsOf(matterTexts);
  useRowKeys();
  if (journeys.length + matters.length === 0)
    return (
      <p className="empty" role="status">
        {words.nothing}
      </p>
    );
  return (
    <section className="stack" aria-label={words.results}>
      <p role="status">{words.found(journeys.length + matters.length)}</p>
      {journeys.length > 0 && <h2>{words.journeys}</h2>}
      <ul className="cards">
        {journeys.map(({ id, step, cause, documentType, caseNumber, startedAt }) => (
          <li key={id} className="card">
            <Link to="/journeys/$id" params={{ id }} data-row="">
              {cause ? texts.causes[cause] : texts.steps[step]}
            </Link>
            <p className="hint">
              {document(documentType)}，{words.startedAt(formatTime(startedAt))}
              {caseNumber && `，${words.caseNumber} ${caseNumber}`}
            </p>
          </li>
        ))}
      </ul>
      {matters.length > 0 && <h2>{words.matters}</h2>}
      <ul className="cards">
        {matters.map(({ registry, registryName, externalId, version, state, authority, journey }) => (
          <li key={`${registry} ${externalId}`} className="card">
            <Link to="/matters/$registry/$externalId" params={{ registry, externalId }} data-row="">
              {externalId}（{registryName}）
            </Link>
            <p className="hint">
              {words.version(version)}，{states[state]}，<Authority code={authority} />
            </p>
            {journey !== undefined && (
              <Link to="/journeys/$id" params={{ id: journey }} data-row="">
                {words.evidenceJourney}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
