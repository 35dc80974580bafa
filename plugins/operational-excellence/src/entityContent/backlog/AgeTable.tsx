import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type { AgeMark, AgeRange } from '../../charts/ages';
import { useTexts } from '../../translation';

/** What the chart shows, in words and figures. */
export const AgeTable = (props: { ranges: AgeRange[]; marks: AgeMark[] }) => {
  const { ranges, marks } = props;
  const { t } = useTexts();
  return (
    <>
      <Table size="small" aria-label={t('tab.ages.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('tab.ages.range')}</TableCell>
            <TableCell align="right">{t('tab.ages.count')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {ranges.map(range => (
            <TableRow key={range.fromDays}>
              <TableCell component="th" scope="row" role="rowheader">
                {range.title}
              </TableCell>
              <TableCell align="right">
                {range.count.toLocaleString()}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="body2" color="textSecondary">
        {marks.map(({ title }) => title).join(' · ')}
      </Typography>
    </>
  );
};
