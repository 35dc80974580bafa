import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  // As many rows as days: they scroll within the place of the chart.
  root: {
    maxHeight: 360,
    '& td, & th': {
      padding: theme.spacing(0.75, 1),
      // Scrolled rather than squeezed where there is little room.
      whiteSpace: 'nowrap',
      wordBreak: 'normal',
      overflowWrap: 'normal',
    },
  },
}));

/** What a chart shows, in figures; the newest comes first. */
export const HistoryTable = (props: {
  label: string;
  /** What the rows are. */
  rowHead: string;
  columns: string[];
  rows: { title: string; cells: string[] }[];
}) => {
  const { columns, label, rowHead, rows } = props;
  const classes = useStyles();
  return (
    // What scrolls has to take the focus.
    <TableContainer
      className={classes.root}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table size="small" aria-label={label} stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>{rowHead}</TableCell>
            {columns.map(column => (
              <TableCell key={column} align="right">
                {column}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {[...rows].reverse().map(({ cells, title }) => (
            <TableRow key={title}>
              <TableCell component="th" scope="row" role="rowheader">
                {title}
              </TableCell>
              {cells.map((cell, index) => (
                <TableCell key={columns[index]} align="right">
                  {cell}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
