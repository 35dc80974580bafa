import { makeStyles } from '@material-ui/core/styles';
import type { MeasureState } from 'backstage-plugin-operational-excellence-common';
import { StateLabel } from '../../states';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
  },
}));

/** From which state to which a measure would change. */
export const Movement = (props: {
  measure: 'service' | 'backlog' | 'gameDay' | 'readinessTest';
  from: MeasureState;
  to: MeasureState;
}) => {
  const { from, measure, to } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <span>{`${t(`measure.${measure}`)}:`}</span>
      <StateLabel state={from} />
      <span>→</span>
      <StateLabel state={to} />
    </div>
  );
};
