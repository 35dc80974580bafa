import { makeStyles } from '@material-ui/core/styles';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { CHART_HEIGHT } from './chartHeight';
import type { HistoryDay } from './HistoryDay';
import { HistoryTooltip } from './HistoryTooltip';
import { useChartColors } from './useChartColors';

const useStyles = makeStyles(theme => ({
  chart: { height: CHART_HEIGHT },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2.5),
    margin: 0,
    padding: theme.spacing(0, 1),
    listStyle: 'none',
    fontSize: '0.8125rem',
  },
  item: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
}));

/** How each line is drawn, so that none is told by its colour alone. */
const DASHES = ['0', '6 4'];

/** A figure of each day; `null` where nothing is known, or there is none. */
export interface LineSeries {
  title: string;
  values: (number | null)[];
}

/** How one or two figures changed from day to day; blanks stay blank. */
const LineHistoryChart = (props: {
  days: HistoryDay[];
  series: LineSeries[];
  /** What it shows, in words. */
  label: string;
  countLabel: string;
  format: (value: number) => string;
  /** Says of a day that it has no figure. */
  blankLabel: string;
  /** The greatest value that there can be, where there is one. */
  max?: number;
}) => {
  const { blankLabel, countLabel, days, format, label, max, series } = props;
  const classes = useStyles();
  const colors = useChartColors();
  const rows = days.map((day, index) => ({
    ...day,
    values: series.map(({ values }) => values[index]),
  }));
  const strokes = [colors.bar, colors.mark];
  const isAlone = (values: (number | null)[], index: number) =>
    (values[index - 1] ?? null) === null &&
    (values[index + 1] ?? null) === null;

  return (
    <>
      <div role="img" aria-label={label} className={classes.chart}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 600, height: CHART_HEIGHT }}
        >
          <LineChart
            data={rows}
            accessibilityLayer={false}
            margin={{ top: 12, right: 16, bottom: 4, left: 8 }}
          >
            <CartesianGrid vertical={false} stroke={colors.grid} />
            <XAxis
              dataKey="shortTitle"
              minTickGap={24}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
            />
            <YAxis
              allowDecimals={max !== undefined}
              domain={max === undefined ? [0, 'auto'] : [0, max]}
              width={56}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
              tickFormatter={format}
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
              cursor={{ stroke: colors.text }}
              content={({ active, payload, label: at }) => {
                const row =
                  active &&
                  (payload?.[0]?.payload ??
                    rows.find(({ shortTitle }) => shortTitle === at));
                return row ? (
                  <HistoryTooltip
                    title={row.title}
                    lines={series.map(({ title }, index) => {
                      const value = row.values[index];
                      return `${title}: ${
                        value === null ? blankLabel : format(value)
                      }`;
                    })}
                  />
                ) : null;
              }}
            />
            {series.map(({ title, values }, index) => (
              <Line
                key={title}
                dataKey={(row: (typeof rows)[number]) => row.values[index]}
                isAnimationActive={false}
                connectNulls={false}
                stroke={strokes[index % strokes.length]}
                strokeWidth={2}
                strokeDasharray={DASHES[index % DASHES.length]}
                // A day between blanks would not be seen without one.
                dot={({ cx, cy, index: at, value }) =>
                  value !== null && isAlone(values, at) ? (
                    <circle
                      key={at}
                      cx={cx}
                      cy={cy}
                      r={2.5}
                      fill={strokes[index % strokes.length]}
                    />
                  ) : (
                    <g key={at} />
                  )
                }
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      {series.length > 1 && (
        <ul className={classes.legend}>
          {series.map(({ title }, index) => (
            <li key={title} className={classes.item}>
              <svg width={28} height={8} aria-hidden>
                <line
                  x1={0}
                  x2={28}
                  y1={4}
                  y2={4}
                  stroke={strokes[index % strokes.length]}
                  strokeWidth={2}
                  strokeDasharray={DASHES[index % DASHES.length]}
                />
              </svg>
              {title}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

export default LineHistoryChart;
