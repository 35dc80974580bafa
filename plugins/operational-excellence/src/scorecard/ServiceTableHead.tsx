import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import type { ServiceSort } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { COLUMNS, isSortedBy, reversed } from './columns';

const useStyles = makeStyles({ heading: { whiteSpace: 'nowrap' } });

/** The headings of the columns; a click sorts, another one reverses. */
export const ServiceTableHead = (props: {
  sort: ServiceSort;
  onSort: (sort: ServiceSort) => void;
}) => {
  const { sort, onSort } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  return (
    <TableHead>
      <TableRow>
        {COLUMNS.map(column => {
          const active = isSortedBy(sort, column);
          return (
            <TableCell
              key={column.key}
              sortDirection={active ? direction : false}
              scope="col"
              className={classes.heading}
            >
              <TableSortLabel
                active={active}
                direction={active ? direction : 'asc'}
                onClick={() => onSort(active ? reversed(sort) : column.first)}
              >
                {t(column.label)}
              </TableSortLabel>
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
};
