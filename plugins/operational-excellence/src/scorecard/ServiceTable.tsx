import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableContainer from '@material-ui/core/TableContainer';
import Typography from '@material-ui/core/Typography';
import type {
  Page,
  Service,
  ServiceSort,
} from 'backstage-plugin-operational-excellence-common';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { COLUMNS } from './columns';
import { ListHead } from './ListHead';
import { isFiltered, ScorecardView } from './scorecardView';
import { ServiceList } from './ServiceList';
import { ServiceRow } from './ServiceRow';
import { SortableHead } from './SortableHead';
import { useGradually } from './useGradually';
import { useIsNarrow } from './useIsNarrow';

/** About as high as a row, so that the page stays as long as it will be. */
const ROW_HEIGHT = 76;

const useStyles = makeStyles(theme => ({
  table: { minWidth: 960 },
  empty: { padding: theme.spacing(4, 2), textAlign: 'center' },
  paging: {
    display: 'flex',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
  },
}));

/** One page of services, sorted by any of its columns; a list where it is narrow. */
export const ServiceTable = (props: {
  page: Page<Service>;
  /** Names what the page is of. */
  list: string;
  refreshing: boolean;
  view: ScorecardView;
  onChange: (change: Partial<ScorecardView>) => void;
}) => {
  const { list, page, refreshing, view, onChange } = props;
  const classes = useStyles();
  const now = useNow();
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const { left, shown } = useGradually(list, page.items);
  const onSort = (sort: ServiceSort) => onChange({ sort });

  return (
    <Paper aria-busy={refreshing || left > 0}>
      <ListHead
        total={t('scorecard.total', { count: page.totalItems })}
        asOf={page.asOf}
        refreshing={refreshing}
      />
      {page.items.length === 0 && (
        <div className={classes.empty}>
          <Typography>
            {isFiltered(view) ? t('scorecard.none') : t('scorecard.noneAtAll')}
          </Typography>
        </div>
      )}
      {page.items.length > 0 && isNarrow && (
        <ServiceList
          services={shown}
          now={now}
          sort={view.sort}
          onSort={onSort}
        />
      )}
      {page.items.length > 0 && !isNarrow && (
        <TableContainer>
          <Table
            size="small"
            className={classes.table}
            aria-label={t('scorecard.title')}
          >
            <SortableHead
              columns={COLUMNS.map(each => ({ ...each, label: t(each.label) }))}
              sort={view.sort}
              onSort={onSort}
            />
            <TableBody>
              {shown.map(service => (
                <ServiceRow
                  key={service.entityRef}
                  service={service}
                  now={now}
                />
              ))}
              {left > 0 && (
                <tr aria-hidden style={{ height: left * ROW_HEIGHT }} />
              )}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      {(view.cursor || page.nextCursor) && (
        <div className={classes.paging}>
          <Button
            size="small"
            disabled={!view.cursor}
            onClick={() => onChange({ cursor: undefined })}
          >
            {t('scorecard.first')}
          </Button>
          <Button
            size="small"
            disabled={!page.nextCursor}
            onClick={() => onChange({ cursor: page.nextCursor })}
          >
            {t('scorecard.next')}
          </Button>
        </div>
      )}
    </Paper>
  );
};
