import { makeStyles } from '@material-ui/core/styles';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { CHART_HEIGHT } from './chartHeight';
import { FlowLegend } from './FlowLegend';
import type { FlowPeriod } from './FlowPeriod';
import { FlowTooltip } from './FlowTooltip';
import { useChartColors } from './useChartColors';

const useStyles = makeStyles({ chart: { height: CHART_HEIGHT } });

/** What came against what went, two bars for each period. */
const FlowChart = (props: {
  periods: FlowPeriod[];
  /** What it shows, in words. */
  label: string;
  openedLabel: string;
  closedLabel: string;
  countLabel: string;
}) => {
  const { closedLabel, countLabel, label, openedLabel, periods } = props;
  const classes = useStyles();
  const colors = useChartColors();
  return (
    <>
      <div role="img" aria-label={label} className={classes.chart}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 600, height: CHART_HEIGHT }}
        >
          <BarChart
            data={periods}
            accessibilityLayer={false}
            margin={{ top: 12, right: 16, bottom: 4, left: 8 }}
            barCategoryGap="16%"
            barGap={1}
          >
            <CartesianGrid vertical={false} stroke={colors.grid} />
            <XAxis
              dataKey="shortTitle"
              minTickGap={24}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
            />
            <YAxis
              allowDecimals={false}
              width={48}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
              label={{
                value: countLabel,
                angle: -90,
                position: 'insideLeft',
                style: { textAnchor: 'middle' },
                fill: colors.text,
                fontSize: 12,
              }}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: colors.grid }}
              content={({ payload }) => (
                <FlowTooltip
                  period={payload?.[0]?.payload}
                  openedLabel={openedLabel}
                  closedLabel={closedLabel}
                />
              )}
            />
            <Bar
              dataKey="opened"
              isAnimationActive={false}
              fill={colors.paper}
              stroke={colors.opened}
              strokeWidth={1.5}
            />
            <Bar
              dataKey="closed"
              isAnimationActive={false}
              fill={colors.closed}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <FlowLegend openedLabel={openedLabel} closedLabel={closedLabel} />
    </>
  );
};

export default FlowChart;
