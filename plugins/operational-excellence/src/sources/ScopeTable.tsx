import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type {
  Source,
  SourceScope,
} from 'backstage-plugin-operational-excellence-common';
import { HealthLabel } from '../states';
import { operationalExcellenceTranslationRef } from '../translation';
import { CheckedAt, NextRun } from './RunTimes';
import { ScopeProblem } from './ScopeProblem';

const useStyles = makeStyles({
  table: {
    '& td, & th': { verticalAlign: 'top', lineHeight: 1.43 },
    '& thead th': { whiteSpace: 'nowrap' },
  },
  name: { minWidth: 200, overflowWrap: 'anywhere' },
  word: { whiteSpace: 'nowrap' },
});

/** Scopes of a source, each with what went wrong. */
export const ScopeTable = (props: {
  source: Source;
  scopes: SourceScope[];
  now: number;
}) => {
  const { source, scopes, now } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('sources.scopesOf', { source: source.title })}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('sources.scope')}</TableCell>
            <TableCell>{t('sources.health')}</TableCell>
            <TableCell>{t('sources.checked')}</TableCell>
            <TableCell>{t('sources.next')}</TableCell>
            <TableCell align="right">{t('sources.rows')}</TableCell>
            <TableCell align="right">{t('sources.services')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {scopes.map(scope => (
            <TableRow key={scope.key}>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.name}
              >
                {scope.title}
                <ScopeProblem scope={scope} now={now} />
              </TableCell>
              <TableCell className={classes.word}>
                <HealthLabel health={scope.health} />
              </TableCell>
              <TableCell className={classes.word}>
                <CheckedAt instant={scope.checkedAt} now={now} />
              </TableCell>
              <TableCell className={classes.word}>
                {scope.running ? (
                  t('sources.running')
                ) : (
                  <NextRun instant={scope.nextRunAt} now={now} />
                )}
              </TableCell>
              <TableCell align="right">{scope.rows.toLocaleString()}</TableCell>
              <TableCell align="right">
                {scope.services.toLocaleString()}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
