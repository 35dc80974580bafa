import type { Rollup } from 'backstage-plugin-operational-excellence-common';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
import { ViewLink } from '../overview';
import { listOf, ScorecardView } from '../scorecardView';

interface FigureProps {
  rollup: Rollup;
  /** The scorecard of the group. */
  view: ScorecardView;
}

/** How many improvements wait; opens the services, most waiting first. */
export const OpenCount = (props: FigureProps) => {
  const { rollup, view } = props;
  if (!rollup.openCount) return <>0</>;
  return (
    <ViewLink view={{ ...listOf(view), sort: '-backlogOpenCount' }}>
      {rollup.openCount.toLocaleString()}
    </ViewLink>
  );
};

/** How many services close none of the improvements that wait. */
export const StarvedCount = (props: FigureProps) => {
  const { rollup, view } = props;
  if (!rollup.starved) return <>0</>;
  return (
    <ViewLink view={{ ...listOf(view), starved: true }}>
      {rollup.starved.toLocaleString()}
    </ViewLink>
  );
};

/** How much of the closed work were improvements. */
export const ImprovementShare = (props: { rollup: Rollup }) => {
  const { allClosed90d, closed90d, improvementShare90d } = props.rollup;
  const { t } = useTexts();
  if (improvementShare90d === null) return <>—</>;
  return (
    <span
      title={t('groups.closedOf', {
        closed: closed90d.toLocaleString(),
        all: allClosed90d.toLocaleString(),
      })}
    >
      {percent(improvementShare90d)}
    </span>
  );
};
