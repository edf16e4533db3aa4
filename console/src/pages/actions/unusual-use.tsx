import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { unusualFrom } from '../../../../domain/unusual-use';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries } from '../../queries';
import { useActionTexts } from './words';

/** So much of a pseudonym tells persons apart. */
const SHOWN = 12;

/** Which clerks looked at persons in an unusual way, for auditors. */
export function UnusualUse() {
  const words = useActionTexts();
  const query = useQuery(queries.unusualUse());
  return (
    <>
      <PageTitle>{words.reportTitle}</PageTitle>
      <p className="hint">{words.reportHint}</p>
      <Loaded query={query} empty={({ found }) => (found.length > 0 ? undefined : words.nothingUnusual)}>
        {({ found }) => (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.use}</th>
                <th scope="col">{words.who}</th>
                <th scope="col">{words.day}</th>
                <th scope="col">{words.person}</th>
                <th scope="col">{words.count}</th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ use, clerk, login, day, person, count }) => (
                <tr key={`${use} ${clerk} ${day ?? person}`}>
                  <td>{words.uses[use](unusualFrom[use])}</td>
                  <td>
                    <Link
                      to="/actions"
                      search={{ clerk, action: 'show-journey', ...(day && { from: day, until: day }) }}
                      title={words.toActions}
                    >
                      {login ?? clerk}
                    </Link>
                  </td>
                  <td>{day}</td>
                  <td>{person && <code>{person.slice(0, SHOWN)}</code>}</td>
                  <td>{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </>
  );
}
