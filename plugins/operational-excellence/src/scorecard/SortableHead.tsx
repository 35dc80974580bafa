import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { Column, isSortedBy, reversed } from './columns';

const useStyles = makeStyles({
  unbroken: { whiteSpace: 'nowrap' },
  wrapped: { wordBreak: 'normal', overflowWrap: 'normal', lineHeight: 1.3 },
});

/** The headings of columns; a click sorts, another one reverses. */
export const SortableHead = <Sort extends string>(props: {
  columns: readonly Column<Sort>[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** Whether headings are broken into lines, where there are many. */
  wraps?: boolean;
}) => {
  const { columns, onSort, sort, wraps } = props;
  const classes = useStyles();
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  return (
    <TableHead>
      <TableRow>
        {columns.map(column => {
          const active = isSortedBy(sort, column);
          return (
            <TableCell
              key={column.key}
              sortDirection={active ? direction : false}
              scope="col"
              className={wraps ? classes.wrapped : classes.unbroken}
            >
              <TableSortLabel
                active={active}
                direction={active ? direction : 'asc'}
                onClick={() => onSort(active ? reversed(sort) : column.first)}
              >
                {column.label}
              </TableSortLabel>
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
};
