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
import { useTexts } from '../translation';
import { RequestsFigure, ServicesFigure } from './Figures';
import { RateLimitFigure } from './RateLimitFigure';
import { CheckedAt } from './RunTimes';
import { ScopeName } from './ScopeName';
import { ScopeNextRun } from './ScopeNextRun';
import { SyncButton } from './SyncButton';

export interface ScopesProps {
  source: Source;
  scopes: SourceScope[];
  now: number;
  isAsking: (scope: SourceScope) => boolean;
  onSync: (scope: SourceScope) => void;
}

const useStyles = makeStyles({
  table: {
    '& td, & th': {
      verticalAlign: 'top',
      lineHeight: 1.43,
      padding: '6px 8px',
      wordBreak: 'normal',
    },
    '& thead th': { verticalAlign: 'bottom' },
  },
  name: { minWidth: 220, overflowWrap: 'anywhere' },
  word: { whiteSpace: 'nowrap' },
});

/** Scopes of a source, each with what went wrong. */
export const ScopeTable = (props: ScopesProps) => {
  const { source, scopes, now, isAsking, onSync } = props;
  const classes = useStyles();
  const { t } = useTexts();
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
            <TableCell align="right">{t('sources.requests')}</TableCell>
            <TableCell>{t('sources.rateLimit.title')}</TableCell>
            <TableCell align="right">{t('sources.actions')}</TableCell>
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
                <ScopeName scope={scope} now={now} />
              </TableCell>
              <TableCell className={classes.word}>
                <HealthLabel health={scope.health} />
              </TableCell>
              <TableCell className={classes.word}>
                <CheckedAt instant={scope.checkedAt} now={now} />
              </TableCell>
              <TableCell className={classes.word}>
                <ScopeNextRun scope={scope} now={now} />
              </TableCell>
              <TableCell align="right">{scope.rows.toLocaleString()}</TableCell>
              <TableCell align="right" className={classes.word}>
                <ServicesFigure
                  services={scope.services}
                  problems={scope.problems}
                />
              </TableCell>
              <TableCell align="right" className={classes.word}>
                <RequestsFigure requests={scope.requests} now={now} />
              </TableCell>
              <TableCell className={classes.word}>
                <RateLimitFigure rateLimit={scope.rateLimit} now={now} />
              </TableCell>
              <TableCell align="right" className={classes.word}>
                <SyncButton
                  title={scope.title}
                  asking={isAsking(scope)}
                  onSync={() => onSync(scope)}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
