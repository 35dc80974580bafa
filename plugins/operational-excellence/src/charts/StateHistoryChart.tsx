import { makeStyles } from '@material-ui/core/styles';
import type {
  MeasureState,
  StateCounts,
} from 'backstage-plugin-operational-excellence-common';
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { CHART_HEIGHT } from './chartHeight';
import type { HistoryDay } from './HistoryDay';
import { HistoryTooltip } from './HistoryTooltip';
import { StateFills, stateFill } from './StateFills';
import { StateLegend } from './StateLegend';
import { useChartColors } from './useChartColors';

const useStyles = makeStyles({ chart: { height: CHART_HEIGHT } });

/** Up to so many days have a gap between their bars. */
const SPACED_DAYS = 60;

/**
 * Reaches to the next one on whole pixels: a line between two days would look like
 * a day of which nothing is known.
 */
const DenseBar = (bar: BarShapeProps) => {
  const left = Math.floor(bar.x);
  const right = Math.ceil(bar.x + bar.width);
  return (
    <rect
      x={left}
      y={bar.y}
      width={right - left}
      height={bar.height}
      fill={bar.fill}
      shapeRendering="crispEdges"
    />
  );
};

/** How many services were in each state on each day, on top of each other. */
const StateHistoryChart = (props: {
  /** Unique on the page. */
  id: string;
  /** Days without counts are left blank. */
  days: (HistoryDay & { counts: StateCounts | undefined })[];
  /** Those to show, from the bottom up. */
  states: { state: MeasureState; title: string }[];
  /** What it shows, in words. */
  label: string;
  countLabel: string;
  /** Says of a day that nothing is known of it. */
  blankLabel: string;
}) => {
  const { blankLabel, countLabel, days, id, label, states } = props;
  const classes = useStyles();
  const colors = useChartColors();
  const isDense = days.length > SPACED_DAYS;
  const linesOf = (counts: StateCounts | undefined) =>
    counts
      ? states
          .filter(({ state }) => counts[state])
          .map(
            ({ state, title }) =>
              `${title}: ${counts[state]?.toLocaleString()}`,
          )
      : [blankLabel];
  return (
    <>
      <div role="img" aria-label={label} className={classes.chart}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 600, height: CHART_HEIGHT }}
        >
          <BarChart
            data={days}
            accessibilityLayer={false}
            margin={{ top: 12, right: 16, bottom: 4, left: 8 }}
            barCategoryGap={isDense ? 0 : '10%'}
          >
            <StateFills prefix={id} />
            <CartesianGrid vertical={false} stroke={colors.grid} />
            <XAxis
              dataKey="shortTitle"
              minTickGap={24}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
            />
            <YAxis
              allowDecimals={false}
              width={56}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
              tickFormatter={(count: number) => count.toLocaleString()}
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
              content={({ active, payload }) => {
                const day = active && payload?.[0]?.payload;
                return day ? (
                  <HistoryTooltip
                    title={day.title}
                    lines={linesOf(day.counts)}
                  />
                ) : null;
              }}
            />
            {states.map(({ state }) => (
              <Bar
                key={state}
                stackId="states"
                dataKey={({ counts }: { counts: StateCounts | undefined }) =>
                  counts && (counts[state] ?? 0)
                }
                isAnimationActive={false}
                fill={stateFill(id, state)}
                shape={isDense ? DenseBar : undefined}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <StateLegend prefix={`${id}-legend`} states={states} />
    </>
  );
};

export default StateHistoryChart;
