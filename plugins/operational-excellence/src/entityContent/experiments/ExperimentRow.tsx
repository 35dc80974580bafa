import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';
import { ExperimentName } from './ExperimentName';
import { ExperimentOutcome } from './ExperimentOutcome';
import { ExperimentStart } from './ExperimentStart';
import { gameDayVerdict } from './gameDayVerdict';
import { StopConditions } from './StopConditions';

/** One experiment, with what came of it and what would have stopped it. */
export const ExperimentRow = (props: {
  experiment: ExperimentItem;
  now: number;
}) => {
  const { experiment, now } = props;
  const classes = useListStyles();
  const { t } = useTexts();
  const outcome = t(`outcome.${experiment.state}`);
  return (
    <TableRow>
      <TableCell className={classes.word}>
        <ExperimentStart experiment={experiment} now={now} />
      </TableCell>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.text}
      >
        <ExperimentName experiment={experiment} />
      </TableCell>
      <TableCell className={classes.text}>
        <ExperimentOutcome experiment={experiment} />
      </TableCell>
      <TableCell className={classes.short}>
        {t(`tab.experiments.${gameDayVerdict(experiment)}`, { outcome })}
      </TableCell>
      <TableCell className={classes.text}>
        <StopConditions experiment={experiment} />
      </TableCell>
    </TableRow>
  );
};
