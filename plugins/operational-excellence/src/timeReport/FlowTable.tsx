import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { FlowPeriod } from '../charts/FlowPeriod';
import { useTexts } from '../translation';

/** What the chart shows, in figures; the newest week first. */
export const FlowTable = (props: { weeks: FlowPeriod[] }) => {
  const { t } = useTexts();
  return (
    <Table size="small" aria-label={t('tab.time.perWeek')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('tab.time.weekHead')}</TableCell>
          <TableCell align="right">{t('tab.time.opened')}</TableCell>
          <TableCell align="right">{t('tab.time.closed')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {[...props.weeks].reverse().map(({ closed, opened, title }) => (
          <TableRow key={title}>
            <TableCell component="th" scope="row" role="rowheader">
              {title}
            </TableCell>
            <TableCell align="right">{opened.toLocaleString()}</TableCell>
            <TableCell align="right">{closed.toLocaleString()}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
