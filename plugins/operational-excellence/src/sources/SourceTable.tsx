import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../translation';
import { SourceRow } from './SourceRow';

const useStyles = makeStyles({
  head: { '& th': { whiteSpace: 'nowrap' } },
});

/** The sources, each with its scopes on demand. */
export const SourceTable = (props: {
  sources: Source[];
  now: number;
  /** The source that is being asked to run. */
  asking: string | undefined;
  onSync: (source: Source) => void;
}) => {
  const { sources, now, asking, onSync } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <TableContainer>
      <Table size="small" aria-label={t('sources.title')}>
        <TableHead className={classes.head}>
          <TableRow>
            <TableCell>{t('sources.source')}</TableCell>
            <TableCell>{t('sources.health')}</TableCell>
            <TableCell>{t('sources.checked')}</TableCell>
            <TableCell>{t('sources.next')}</TableCell>
            <TableCell align="right">{t('sources.rows')}</TableCell>
            <TableCell align="right">{t('sources.services')}</TableCell>
            <TableCell>{t('sources.scopes')}</TableCell>
            <TableCell align="right">{t('sources.actions')}</TableCell>
          </TableRow>
        </TableHead>
        {sources.map(source => (
          <TableBody key={source.id}>
            <SourceRow
              source={source}
              now={now}
              asking={asking === source.id}
              onSync={() => onSync(source)}
            />
          </TableBody>
        ))}
      </Table>
    </TableContainer>
  );
};
