import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';
import { ExperimentRow } from './ExperimentRow';

/** Experiments, the newest first. */
export const ExperimentTable = (props: {
  experiments: ExperimentItem[];
  now: number;
}) => {
  const classes = useListStyles();
  const { t } = useTexts();
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('tab.experiments.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('tab.experiments.started')}</TableCell>
            <TableCell>{t('tab.experiments.experiment')}</TableCell>
            <TableCell>{t('tab.experiments.outcome')}</TableCell>
            <TableCell>{t('tab.experiments.gameDay')}</TableCell>
            <TableCell>{t('tab.experiments.guardrails')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.experiments.map(experiment => (
            <ExperimentRow
              key={`${experiment.sourceId} ${experiment.id}`}
              experiment={experiment}
              now={props.now}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
