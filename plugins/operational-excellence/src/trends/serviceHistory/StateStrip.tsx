import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { MeasureState } from 'backstage-plugin-operational-excellence-common';
import { stateFill, StateFills } from '../../charts/StateFills';
import { StateLegend } from '../../charts/StateLegend';

const HEIGHT = 24;
const DAY_WIDTH = 10;

const useStyles = makeStyles(theme => ({
  strip: {
    display: 'block',
    width: '100%',
    height: HEIGHT,
    marginBottom: theme.spacing(1),
  },
}));

/** A state for each day in a row; nothing where none is known. */
export const StateStrip = (props: {
  /** Unique on the page. */
  id: string;
  days: { day: string; title: string; state: MeasureState | undefined }[];
  states: { state: MeasureState; title: string }[];
  /** All of it in words. */
  label: string;
}) => {
  const { days, id, label, states } = props;
  const classes = useStyles();
  const theme = useTheme();
  const width = days.length * DAY_WIDTH;
  const titleOf = (state: MeasureState) =>
    states.find(each => each.state === state)?.title ?? '';
  return (
    <>
      <svg
        role="img"
        aria-label={label}
        className={classes.strip}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <StateFills prefix={id} />
        {days.map(({ day, state, title }, index) =>
          state ? (
            <rect
              key={day}
              x={index * DAY_WIDTH}
              width={DAY_WIDTH}
              height={HEIGHT}
              fill={stateFill(id, state)}
              shapeRendering="crispEdges"
            >
              <title>{`${title}: ${titleOf(state)}`}</title>
            </rect>
          ) : null,
        )}
        <rect
          x={0.5}
          y={0.5}
          width={width - 1}
          height={HEIGHT - 1}
          fill="none"
          stroke={theme.palette.divider}
          vectorEffect="non-scaling-stroke"
          pointerEvents="none"
        />
      </svg>
      <StateLegend prefix={`${id}-legend`} states={states} />
    </>
  );
};
