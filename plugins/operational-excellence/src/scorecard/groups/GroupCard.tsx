import { makeStyles, useTheme } from '@material-ui/core/styles';
import { MEASURES } from 'backstage-plugin-operational-excellence-common';
import { memo } from 'react';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
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
    padding: theme.spacing(1.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: '0.875rem',
  },
  name: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    fontWeight: 600,
    overflowWrap: 'anywhere',
  },
  answers: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
    gap: 2,
    margin: theme.spacing(1, 0, 0),
    '& dt, & dd': { margin: 0, padding: theme.spacing(0.5, 1) },
    '& dt': { fontSize: '0.8125rem' },
  },
}));

/** A group where there is no room for a row; each number opens its list. */
export const GroupCard = memo((props: GroupProps) => {
  const { by, isOpen, level, onToggle, rollup, view } = props;
  const { key, services, states } = rollup;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const title = useGroupTitle(by, rollup);
  const own = withinGroup(view, by, key);
  const attention = attentionCount(states.service);
  const heatOf = (count: number) =>
    heatStyle(theme, heatLevel(services ? count / services : 0));

  return (
    <li
      className={classes.root}
      style={{ paddingLeft: theme.spacing(2 + 2 * level) }}
    >
      <div className={classes.name}>
        {onToggle && key !== null && (
          <GroupToggle
            group={title}
            isOpen={isOpen}
            onToggle={() => onToggle(key)}
          />
        )}
        <ViewLink view={listOf(own)}>{title}</ViewLink>
      </div>
      <dl className={classes.answers}>
        <dt>{t('groups.services')}</dt>
        <dd>
          <ViewLink view={listOf(own)}>{services.toLocaleString()}</ViewLink>
        </dd>
        <dt>{t('groups.attention')}</dt>
        <dd style={heatOf(attention)}>
          <AttentionCount rollup={rollup} view={own} />
          {attention > 0 && ` (${percent(attention / services)})`}
        </dd>
        {MEASURES.map(measure => [
          <dt key={`${measure} name`}>{t(`measure.${measure}`)}</dt>,
          <dd key={measure} style={heatOf(attentionCount(states[measure]))}>
            <HeatAnswer
              measure={measure}
              counts={states[measure]}
              services={services}
              view={own}
            />
          </dd>,
        ])}
        <dt>{t('groups.openCount')}</dt>
        <dd>
          <OpenCount rollup={rollup} view={own} />
        </dd>
        <dt>{t('groups.starved')}</dt>
        <dd>
          <StarvedCount rollup={rollup} view={own} />
        </dd>
        <dt>{t('groups.improvementShare')}</dt>
        <dd>
          <ImprovementShare rollup={rollup} />
        </dd>
      </dl>
    </li>
  );
});
