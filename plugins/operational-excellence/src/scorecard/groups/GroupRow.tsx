import { makeStyles, useTheme } from '@material-ui/core/styles';
import { MEASURES } from 'backstage-plugin-operational-excellence-common';
import { memo } from 'react';
import { percent } from '../../timeReport';
import { attentionCount, ViewLink } from '../overview';
import { listOf, withinGroup } from '../scorecardView';
import { AttentionCount } from './AttentionCount';
import { ImprovementShare, OpenCount, StarvedCount } from './GroupFigures';
import type { GroupProps } from './GroupProps';
import { GroupToggle } from './GroupToggle';
import { heatLevel, heatStyle } from './heat';
import { HeatAnswer } from './HeatAnswer';
import { useGroupTitle } from './useGroupTitle';

const useStyles = makeStyles(theme => ({
  root: {
    '& > td, & > th': {
      padding: theme.spacing(0.75, 1),
      borderBottom: `1px solid ${theme.palette.divider}`,
      fontSize: '0.875rem',
      fontWeight: 400,
      textAlign: 'left',
      verticalAlign: 'top',
    },
    '&:hover': { background: theme.palette.action.hover },
  },
  name: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    minWidth: 150,
    fontWeight: 600,
    overflowWrap: 'anywhere',
  },
  // Stands for the button, so that titles of a level are below each other.
  noToggle: { flex: 'none', width: 24 },
  measure: { minWidth: 110 },
}));

/** A group as a row of the table; each number opens the list that it counts. */
export const GroupRow = memo((props: GroupProps) => {
  const { by, isOpen, level, onToggle, rollup, view } = props;
  const { key, services, states } = rollup;
  const classes = useStyles();
  const theme = useTheme();
  const title = useGroupTitle(by, rollup);
  const own = withinGroup(view, by, key);
  const attention = attentionCount(states.service);
  const heatOf = (count: number) =>
    heatStyle(theme, heatLevel(services ? count / services : 0));

  return (
    <tr className={classes.root}>
      <th scope="row" role="rowheader">
        <div
          className={classes.name}
          style={{ paddingLeft: theme.spacing(2 * level) }}
        >
          {onToggle && key !== null ? (
            <GroupToggle
              group={title}
              isOpen={isOpen}
              onToggle={() => onToggle(key)}
            />
          ) : (
            by === 'owner' && <span className={classes.noToggle} />
          )}
          <ViewLink view={listOf(own)}>{title}</ViewLink>
        </div>
      </th>
      <td>
        <ViewLink view={listOf(own)}>{services.toLocaleString()}</ViewLink>
      </td>
      <td style={heatOf(attention)}>
        <AttentionCount rollup={rollup} view={own} />
      </td>
      <td>{services > 0 ? percent(attention / services) : '—'}</td>
      {MEASURES.map(measure => (
        <td
          key={measure}
          className={classes.measure}
          style={heatOf(attentionCount(states[measure]))}
        >
          <HeatAnswer
            measure={measure}
            counts={states[measure]}
            services={services}
            view={own}
          />
        </td>
      ))}
      <td>
        <OpenCount rollup={rollup} view={own} />
      </td>
      <td>
        <StarvedCount rollup={rollup} view={own} />
      </td>
      <td>
        <ImprovementShare rollup={rollup} />
      </td>
    </tr>
  );
});
