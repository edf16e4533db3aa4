import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { getRouteApi, Link } from '@tanstack/react-router';
import { figureDays } from '../../../../domain/figures';
import { Loaded } from '../../components/loaded';
import { PageTitle } from '../../components/page-title';
import { queries, readAgain } from '../../queries';
import { CheckCharts } from './check-charts';
import { VendorChart } from './vendor-chart';
import { DecisionChart, WaitingCharts } from './work-charts';
import { useDashboardTexts } from './words';
import './dashboard.css';

const route = getRouteApi('/figures');

/** How things stand in the scope of the clerk. */
export function Dashboard() {
  const words = useDashboardTexts();
  const { days = 7 } = route.useSearch();
  const checks = useQuery(queries.checkFigures(days));
  const waiting = useQuery(queries.waitingFigures());
  const decisions = useQuery(queries.decisionFigures(days));
  const vendors = useQuery(queries.vendorFigures(days));
  return (
    <>
      <div className="bar">
        <PageTitle>{words.title}</PageTitle>
        <nav className="filters" aria-label={words.period}>
          {figureDays.map((one) => (
            <Link
              key={one}
              to="/figures"
              search={{ days: one }}
              aria-current={one === days ? 'page' : undefined}
            >
              {words.days[one]}
            </Link>
          ))}
        </nav>
        <Button onClick={() => readAgain('figures')}>{words.again}</Button>
      </div>
      <p className="hint">{words.scope}</p>
      <div className="charts">
        <Loaded query={waiting}>{(data) => <WaitingCharts waiting={data} />}</Loaded>
        <Loaded query={checks}>{(data) => <CheckCharts checks={data.checks} />}</Loaded>
        <Loaded query={decisions}>{(data) => <DecisionChart decisions={data.decisions} />}</Loaded>
        <Loaded query={vendors}>{(data) => <VendorChart calls={data.calls} />}</Loaded>
      </div>
    </>
  );
}
