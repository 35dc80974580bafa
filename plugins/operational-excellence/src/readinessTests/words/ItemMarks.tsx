import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { ReadinessItem } from 'backstage-plugin-operational-excellence-common';
import { Tone, toneColor } from '../../states';
import { useTexts } from '../../translation';

const riskTones: Record<ReadinessItem['risk'], Tone> = {
  high: 'critical',
  medium: 'attention',
  low: 'uncertain',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  mark: {
    padding: theme.spacing(0, 0.75),
    border: '1px solid currentColor',
    borderRadius: theme.shape.borderRadius,
    fontSize: '0.75rem',
    fontWeight: 600,
    lineHeight: 1.6,
    whiteSpace: 'nowrap',
    color: theme.palette.text.secondary,
  },
}));

/** What there is to know of an item before it is answered. */
export const ItemMarks = (props: { item: ReadinessItem }) => {
  const { automatic, blocking, evidence, risk } = props.item;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  return (
    <ul className={classes.root}>
      {blocking && (
        <Tooltip title={t('readinessRuns.blockingHint')}>
          <li
            className={classes.mark}
            style={{ color: toneColor(theme, 'critical') }}
          >
            {t('readinessRuns.blocking')}
          </li>
        </Tooltip>
      )}
      <li
        className={classes.mark}
        style={{ color: toneColor(theme, riskTones[risk]) }}
      >
        {t(`readinessRuns.risk.${risk}`)}
      </li>
      {evidence === 'required' && (
        <Tooltip title={t('readinessRuns.evidenceRequiredHint')}>
          <li className={classes.mark}>
            {t('readinessRuns.evidenceRequired')}
          </li>
        </Tooltip>
      )}
      {automatic && (
        <Tooltip title={t('readinessRuns.automaticHint')}>
          <li className={classes.mark}>{t('readinessRuns.automatic')}</li>
        </Tooltip>
      )}
    </ul>
  );
};
