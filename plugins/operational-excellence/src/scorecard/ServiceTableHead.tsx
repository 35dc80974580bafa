import { useTranslationRef } from '@backstage/frontend-plugin-api';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import type {
  ServiceSort,
  ServiceSortKey,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../translation';

/**
 * The columns, and how each is sorted at the first click: whatever needs
 * attention comes first.
 */
const COLUMNS = [
  { key: 'title', label: 'scorecard.service', first: 'title' },
  { key: 'owner', label: 'scorecard.owner', first: 'owner' },
  { key: 'tier', label: 'scorecard.tier', first: 'tier' },
  { key: 'state', label: 'scorecard.overall', first: 'state' },
  { key: 'backlogAge', label: 'measure.backlog', first: '-backlogAge' },
  { key: 'gameDay', label: 'measure.gameDay', first: '-gameDay' },
  {
    key: 'readinessTest',
    label: 'measure.readinessTest',
    first: '-readinessTest',
  },
] as const satisfies readonly {
  key: ServiceSortKey;
  label: string;
  first: ServiceSort;
}[];

function reversed(sort: ServiceSort): ServiceSort {
  return (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as ServiceSort;
}

/** The headings of the columns; a click sorts, another one reverses. */
export const ServiceTableHead = (props: {
  sort: ServiceSort;
  onSort: (sort: ServiceSort) => void;
}) => {
  const { sort, onSort } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  return (
    <TableHead>
      <TableRow>
        {COLUMNS.map(({ key, label, first }) => {
          const active = sort === key || sort === `-${key}`;
          return (
            <TableCell
              key={key}
              sortDirection={active ? direction : false}
              scope="col"
            >
              <TableSortLabel
                active={active}
                direction={active ? direction : 'asc'}
                onClick={() => onSort(active ? reversed(sort) : first)}
              >
                {t(label)}
              </TableSortLabel>
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
};
