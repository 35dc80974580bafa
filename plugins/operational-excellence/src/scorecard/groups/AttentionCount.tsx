import { makeStyles } from '@material-ui/core/styles';
import {
  ATTENTION_STATES,
  type Rollup,
} from 'backstage-plugin-operational-excellence-common';
import { attentionCount, ViewLink } from '../overview';
import { listOf, ScorecardView } from '../scorecardView';

const useStyles = makeStyles({ root: { fontWeight: 600 } });

/** How many services of a group need attention. */
export const AttentionCount = (props: {
  rollup: Rollup;
  /** The scorecard of the group. */
  view: ScorecardView;
}) => {
  const { rollup, view } = props;
  const classes = useStyles();
  const count = attentionCount(rollup.states.service);
  if (!count) return <>0</>;
  return (
    <ViewLink className={classes.root} view={listOf(view, ATTENTION_STATES)}>
      {count.toLocaleString()}
    </ViewLink>
  );
};
