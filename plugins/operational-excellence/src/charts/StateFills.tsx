import { useTheme } from '@material-ui/core/styles';
import {
  MEASURE_STATES,
  type MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { stateTones, toneColor } from '../states';

type Filling = 'solid' | 'hatched' | 'dotted';

/** States of one colour are told apart by how they are filled. */
const fillings: Record<MeasureState, Filling> = {
  failing: 'solid',
  overdue: 'hatched',
  never: 'dotted',
  unknown: 'hatched',
  'not-configured': 'dotted',
  'due-soon': 'solid',
  ok: 'solid',
  waived: 'hatched',
  'not-required': 'dotted',
};

const patternId = (prefix: string, state: MeasureState) =>
  `${prefix}-fill-${state}`;

/** How a state is filled in a chart that has the `StateFills` of the prefix. */
export function stateFill(prefix: string, state: MeasureState): string {
  return `url(#${patternId(prefix, state)})`;
}

/** The fillings of all states; stands within an `svg`. */
export const StateFills = (props: {
  /** Unique on the page. */
  prefix: string;
}) => {
  const theme = useTheme();
  return (
    <defs>
      {MEASURE_STATES.map(state => {
        const color = toneColor(theme, stateTones[state]);
        const filling = fillings[state];
        return (
          <pattern
            key={state}
            id={patternId(props.prefix, state)}
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform={filling === 'hatched' ? 'rotate(45)' : undefined}
          >
            <rect
              width={6}
              height={6}
              fill={
                filling === 'solid' ? color : theme.palette.background.paper
              }
            />
            {filling === 'hatched' && (
              <rect width={3.5} height={6} fill={color} />
            )}
            {filling === 'dotted' && (
              <circle cx={3} cy={3} r={1.7} fill={color} />
            )}
          </pattern>
        );
      })}
    </defs>
  );
};
