import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import {
  WAIVER_ENDING_SOON_DAYS,
  type Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { FacetFilter, useFacetTitles } from '../../facets';
import { LoadFailure } from '../../feedback';
import { LoadMore, usePages } from '../../paging';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import {
  useWaiversView,
  WAIVER_STATES,
  WaiversView,
  WaiverState,
} from './useWaiversView';
import { WaiverItems } from './WaiverItems';
import { WaiverTable } from './WaiverTable';

const PAGE_SIZE = 50;
const PANEL_ID = 'operational-excellence-waivers-panel';
const tabId = (state: WaiverState) => `operational-excellence-waivers-${state}`;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    // The table scrolls in its own box rather than widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
  },
  owner: { flex: '0 1 320px', minWidth: 'min(100%, 220px)' },
  // The theme's own is white in the dark.
  tab: {
    '&&:hover': {
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
    },
  },
  outdated: { opacity: 0.6 },
}));

const WaiverList = (props: { view: WaiversView }) => {
  const { owner, state } = props.view;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const now = useNow();
  const isPast = state === 'ended';
  // What ends first comes first; of what has ended, the newest.
  const sort = isPast ? '-createdAt' : 'until';
  const query = { owner, state, sort, limit: PAGE_SIZE };
  const key = JSON.stringify(query);
  const { list, more } = usePages<Waiver>(key, (cursor, signal) =>
    api.getWaivers({ ...query, cursor }, { signal }),
  );

  if (list.status === 'loading') {
    return <ListSkeleton label={t('waivers.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;

  const empty = () => {
    if (owner.length) return t('waivers.list.emptyOfOwner');
    return state === 'ending-soon'
      ? t('waivers.list.empty.ending-soon', { count: WAIVER_ENDING_SOON_DAYS })
      : t(`waivers.list.empty.${state}`);
  };
  const shown = { waivers: list.value.items, isPast, now };
  const isOutdated = list.value.key !== key;
  if (!shown.waivers.length && !isOutdated) return <Note>{empty()}</Note>;
  return (
    <div
      aria-busy={isOutdated}
      className={isOutdated ? classes.outdated : undefined}
    >
      {isNarrow ? <WaiverItems {...shown} /> : <WaiverTable {...shown} />}
      <LoadMore pages={list.value} more={more} />
    </div>
  );
};

/** Every waiver that the reader may see: what is excepted, why and until when. */
export const Waivers = () => {
  const classes = useStyles();
  const { t } = useTexts();
  const [view, changeView] = useWaiversView();
  const { titleOf } = useFacetTitles({ owner: view.owner });
  return (
    <Paper className={classes.root}>
      <div className={classes.filters}>
        <Tabs
          value={view.state}
          onChange={(_, state: WaiverState) => changeView({ state })}
          aria-label={t('waivers.list.views')}
          indicatorColor="primary"
          variant="scrollable"
          scrollButtons="off"
        >
          {WAIVER_STATES.map(state => (
            <Tab
              key={state}
              className={classes.tab}
              value={state}
              id={tabId(state)}
              aria-controls={PANEL_ID}
              label={t(`waivers.list.${state}`)}
            />
          ))}
        </Tabs>
        <div className={classes.owner}>
          <FacetFilter
            label={t('waivers.list.owner')}
            facet="owner"
            titleOf={titleOf}
            value={view.owner}
            onChange={owner => changeView({ owner })}
          />
        </div>
      </div>
      <div role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(view.state)}>
        <WaiverList view={view} />
      </div>
    </Paper>
  );
};
