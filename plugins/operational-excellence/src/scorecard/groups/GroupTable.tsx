import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableContainer from '@material-ui/core/TableContainer';
import Typography from '@material-ui/core/Typography';
import type {
  Rollup,
  RollupSort,
} from 'backstage-plugin-operational-excellence-common';
import { useCallback, useMemo, useRef } from 'react';
import { Continuation, LoadMore, Pages } from '../../paging';
import { useTexts } from '../../translation';
import {
  FilterKey,
  parseView,
  ScorecardView,
  searchOf,
} from '../scorecardView';
import { ListHead } from '../ListHead';
import { SortableHead } from '../SortableHead';
import { SortField } from '../SortField';
import { useIsNarrow } from '../useIsNarrow';
import type { ChangeView } from '../useScorecardView';
import { GROUP_COLUMNS } from './groupColumns';
import { GroupRows } from './GroupRows';
import { HeatLegend } from './HeatLegend';

const useStyles = makeStyles(theme => ({
  table: {
    minWidth: 1020,
    '& th, & td': {
      paddingLeft: theme.spacing(1),
      paddingRight: theme.spacing(1),
    },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  empty: { padding: theme.spacing(4, 2), textAlign: 'center' },
}));

const NO_PATH: readonly string[] = [];

/** Groups of services, the worst first; a list where it is narrow. */
export const GroupTable = (props: {
  by: FilterKey;
  pages: Pages<Rollup>;
  more: Continuation;
  refreshing: boolean;
  view: ScorecardView;
  starred: readonly string[];
  onChange: ChangeView;
}) => {
  const { by, more, onChange, pages, refreshing, starred, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const layout = useIsNarrow() ? 'list' : 'table';
  const columns = GROUP_COLUMNS.map(column => ({
    ...column,
    label: t(column.label ?? `scorecard.${by}`),
  }));
  const onSort = (groupSort: RollupSort) => onChange({ groupSort });

  // Rows are drawn again where the view changes, but not for opening one.
  const search = searchOf({ ...view, open: [] });
  const rowView = useMemo(
    () => parseView(new URLSearchParams(search)),
    [search],
  );
  const open = useRef(view.open);
  open.current = view.open;
  const onToggle = useCallback(
    (key: string) =>
      onChange(
        {
          open: open.current.includes(key)
            ? open.current.filter(each => each !== key)
            : [...open.current, key],
        },
        { replace: true },
      ),
    [onChange],
  );
  const rows = (
    <GroupRows
      layout={layout}
      opensOnly={pages.totalItems === 1}
      by={by}
      rollups={pages.items}
      view={rowView}
      open={view.open}
      starred={starred}
      onToggle={onToggle}
      path={NO_PATH}
    />
  );

  return (
    <Paper aria-busy={refreshing}>
      <ListHead
        total={t('groups.total', { count: pages.totalItems })}
        asOf={pages.asOf}
        refreshing={refreshing}
      />
      {pages.items.length === 0 && (
        <Typography className={classes.empty}>{t('groups.nobody')}</Typography>
      )}
      {pages.items.length > 0 && layout === 'list' && (
        <>
          <SortField columns={columns} sort={view.groupSort} onSort={onSort} />
          <ul className={classes.list} aria-label={t(`groups.title.${by}`)}>
            {rows}
          </ul>
        </>
      )}
      {pages.items.length > 0 && layout === 'table' && (
        <TableContainer>
          <Table
            size="small"
            className={classes.table}
            aria-label={t(`groups.title.${by}`)}
          >
            <SortableHead
              wraps
              columns={columns}
              sort={view.groupSort}
              onSort={onSort}
            />
            <TableBody>{rows}</TableBody>
          </Table>
        </TableContainer>
      )}
      {pages.items.length > 0 && <HeatLegend />}
      {more.status !== 'end' && <LoadMore pages={pages} more={more} />}
    </Paper>
  );
};
