import { makeStyles } from '@material-ui/core/styles';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { AgeMark, AgeRange, positionOfAge } from './ages';
import { CHART_HEIGHT } from './chartHeight';
import { MarkLegend } from './MarkLegend';
import { MARK_DASHES } from './markDashes';
import { useChartColors } from './useChartColors';

const useStyles = makeStyles({ chart: { height: CHART_HEIGHT } });

/**
 * How many things are of which age: a bar for each range, lines where median,
 * 85th percentile and limit lie among them.
 */
const AgeDistributionChart = (props: {
  ranges: AgeRange[];
  marks: AgeMark[];
  /** All of it in words. */
  label: string;
  ageLabel: string;
  countLabel: string;
  beyondLabel: string;
}) => {
  const { ranges, marks, label, ageLabel, countLabel, beyondLabel } = props;
  const classes = useStyles();
  const colors = useChartColors();
  const limit = marks.find(({ kind }) => kind === 'limit')?.days ?? Infinity;
  const isBeyond = (range: AgeRange) => range.fromDays >= Math.floor(limit);
  const bars = ranges.map((range, index) => ({
    position: index + 0.5,
    count: range.count,
    range,
  }));

  return (
    <>
      <div role="img" aria-label={label} className={classes.chart}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 600, height: CHART_HEIGHT }}
        >
          <BarChart
            data={bars}
            accessibilityLayer={false}
            margin={{ top: 20, right: 16, bottom: 20, left: 8 }}
            barCategoryGap="12%"
          >
            <CartesianGrid vertical={false} stroke={colors.grid} />
            <XAxis
              dataKey="position"
              type="number"
              domain={[0, ranges.length]}
              ticks={ranges.map((_, index) => index)}
              interval={0}
              tickFormatter={index => `${ranges[index].fromDays}`}
              stroke={colors.text}
              tick={{ fill: colors.text, fontSize: 12 }}
              label={{
                value: ageLabel,
                position: 'insideBottom',
                offset: -12,
                fill: colors.text,
                fontSize: 12,
              }}
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
            <Bar
              dataKey="count"
              isAnimationActive={false}
              radius={[3, 3, 0, 0]}
            >
              {bars.map(({ range }) => (
                <Cell
                  key={range.fromDays}
                  fill={isBeyond(range) ? colors.beyond : colors.bar}
                />
              ))}
              <LabelList
                dataKey="count"
                position="top"
                fill={colors.mark}
                fontSize={12}
                // Readable also where a line passes behind it.
                stroke={colors.paper}
                strokeWidth={5}
                style={{ paintOrder: 'stroke' }}
              />
            </Bar>
            {marks.map(({ kind, days }) => (
              <ReferenceLine
                key={kind}
                x={positionOfAge(days, ranges)}
                stroke={kind === 'limit' ? colors.beyond : colors.mark}
                strokeWidth={2}
                strokeDasharray={MARK_DASHES[kind]}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <MarkLegend
        marks={marks}
        beyondLabel={
          ranges.some(range => range.count > 0 && isBeyond(range))
            ? beyondLabel
            : undefined
        }
      />
    </>
  );
};

export default AgeDistributionChart;
