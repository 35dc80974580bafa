import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { AllowedButton } from '../../allowance';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { FacetChoice, useFacetTitles } from '../../facets';
import { LoadFailure } from '../../feedback';
import { LoadMore, usePages } from '../../paging';
import { usePortalLinks } from '../../portalLinks';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import { InitiativeDialog } from '../form/InitiativeDialog';
import { useMayManage } from '../useMayManage';
import { FILTER_KEYS } from '../words';
import { InitiativeEntry } from './InitiativeEntry';
import {
  INITIATIVE_VIEWS,
  InitiativesView,
  useInitiativesView,
} from './useInitiativesView';

const PAGE_SIZE = 20;
const PANEL_ID = 'operational-excellence-initiatives-panel';
const tabId = (view: InitiativesView) =>
  `operational-excellence-initiatives-${view}`;

/** The states that each view shows. */
const STATES: Record<InitiativesView, Initiative['state'][]> = {
  open: ['running', 'overdue'],
  overdue: ['overdue'],
  closed: ['closed'],
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  // The theme's own is white in the dark.
  tab: {
    '&&:hover': {
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
    },
  },
  outdated: { opacity: 0.6 },
}));

/** The values that initiatives choose services by. */
function chosenBy(initiatives: readonly Initiative[]): FacetChoice {
  return Object.fromEntries(
    FILTER_KEYS.map(key => [
      key,
      initiatives.flatMap(({ filter }) => filter[key] ?? []),
    ]),
  );
}

const List = (props: { view: InitiativesView }) => {
  const { view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const { t } = useTexts();
  const { list, more } = usePages<Initiative>(view, (cursor, signal) =>
    api.getInitiatives(
      { state: STATES[view], limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );
  const { titleOf } = useFacetTitles(
    chosenBy(list.status === 'ready' ? list.value.items : []),
  );
  if (list.status === 'loading') {
    return <ListSkeleton label={t('initiatives.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  const isOutdated = list.value.key !== view;
  if (!list.value.items.length && !isOutdated) {
    return <Note>{t(`initiatives.empty.${view}`)}</Note>;
  }
  return (
    <div
      aria-busy={isOutdated}
      className={isOutdated ? classes.outdated : undefined}
    >
      <ul className={classes.list} aria-label={t('initiatives.title')}>
        {list.value.items.map(initiative => (
          <InitiativeEntry
            key={initiative.id}
            initiative={initiative}
            titleOf={titleOf}
            now={now}
          />
        ))}
      </ul>
      <LoadMore pages={list.value} more={more} />
    </div>
  );
};

/** What the organisation wants to have reached, until when, and how far it is. */
export const InitiativeList = () => {
  const classes = useStyles();
  const allowance = useMayManage();
  const links = usePortalLinks();
  const navigate = useNavigate();
  const { t } = useTexts();
  const [view, changeView] = useInitiativesView();
  const [isStarting, setStarting] = useState(false);
  return (
    <Paper className={classes.root}>
      <div className={classes.bar}>
        <Tabs
          value={view}
          onChange={(_, next: InitiativesView) => changeView(next)}
          aria-label={t('initiatives.views')}
          indicatorColor="primary"
          variant="scrollable"
          scrollButtons="off"
        >
          {INITIATIVE_VIEWS.map(each => (
            <Tab
              key={each}
              className={classes.tab}
              value={each}
              id={tabId(each)}
              aria-controls={PANEL_ID}
              label={t(`initiatives.view.${each}`)}
            />
          ))}
        </Tabs>
        <AllowedButton
          label={t('initiatives.start')}
          allowance={allowance}
          color="primary"
          variant="contained"
          onClick={() => setStarting(true)}
        />
      </div>
      <div role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(view)}>
        <List view={view} />
      </div>
      {isStarting && (
        <InitiativeDialog
          onSaved={initiative => {
            setStarting(false);
            if (links) navigate(links.initiative(initiative.id));
          }}
          onClose={() => setStarting(false)}
        />
      )}
    </Paper>
  );
};
