import { useApi } from '@backstage/frontend-plugin-api';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import {
  findingStageSchema,
  type Finding,
  type FindingStage,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useServiceChanges } from '../improvements';
import { useLoadable } from '../loading';
import { LoadMore, usePages } from '../paging';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { FindingList } from './FindingList';
import { useFindingDialogs } from './useFindingDialogs';
import { useFindingStyles } from './useFindingStyles';

const PAGE_SIZE = 20;
const ID = 'operational-excellence-findings';

/** Which findings are shown, and in which stages these are. */
const VIEWS = {
  open: findingStageSchema.options.filter(stage => stage !== 'closed'),
  closed: ['closed'],
  all: [],
} satisfies Record<string, FindingStage[]>;

type View = keyof typeof VIEWS;

const VIEW_NAMES: View[] = ['open', 'closed', 'all'];

const useStyles = makeStyles(theme => ({
  tabs: { minHeight: 0 },
  // The theme's own is white in the dark.
  tab: {
    minHeight: 40,
    minWidth: 0,
    '&&:hover': {
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
    },
  },
}));

/** That findings wait for somebody to file an improvement for them. */
const WithoutImprovement = (props: { entityRef: string; changes: number }) => {
  const { changes, entityRef } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useFindingStyles();
  const { t } = useTexts();
  const open = useLoadable(`${entityRef} ${changes}`, signal =>
    api.getFindings({ entityRef, stage: ['open'], limit: 1 }, { signal }),
  );
  // Where it cannot be read, the list below says why.
  const count = open.status === 'ready' ? open.value.totalItems : 0;
  if (count === 0) return null;
  return (
    <Alert severity="warning" className={classes.note}>
      {t('findings.withoutImprovement', { count })}
    </Alert>
  );
};

/** What game days and readiness tests brought to light of a service. */
export const ServiceFindings = (props: {
  entityRef: string;
  /** The title of its owner, where known. */
  ownerTitle?: string | null;
}) => {
  const { entityRef, ownerTitle } = props;
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const classes = useStyles();
  const { t } = useTexts();
  const dialogs = useFindingDialogs(ownerTitle);
  const changes = useServiceChanges(entityRef);
  const [view, setView] = useState<View>('open');
  const stage = VIEWS[view];
  const { list, more } = usePages<Finding>(
    `${entityRef} ${view} ${changes}`,
    (cursor, signal) =>
      api.getFindings(
        { entityRef, stage, sort: 'severity', limit: PAGE_SIZE, cursor },
        { signal },
      ),
  );

  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('findings.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (list.value.items.length === 0) {
      return (
        <Note>
          {view === 'all'
            ? t('findings.emptyOfService')
            : t('findings.emptyFiltered')}
        </Note>
      );
    }
    return (
      <>
        <FindingList
          findings={list.value.items}
          now={now}
          owner={ownerTitle}
          onAct={dialogs.act}
        />
        <LoadMore pages={list.value} more={more} />
      </>
    );
  };

  return (
    <Section title={t('findings.title')}>
      <WithoutImprovement entityRef={entityRef} changes={changes} />
      <Tabs
        className={classes.tabs}
        value={view}
        onChange={(_, next: View) => setView(next)}
        aria-label={t('findings.views')}
        indicatorColor="primary"
      >
        {VIEW_NAMES.map(name => (
          <Tab
            key={name}
            className={classes.tab}
            value={name}
            id={`${ID}-${name}`}
            aria-controls={`${ID}-panel`}
            label={t(`findings.view.${name}`)}
          />
        ))}
      </Tabs>
      <div role="tabpanel" id={`${ID}-panel`} aria-labelledby={`${ID}-${view}`}>
        {content()}
      </div>
      {dialogs.dialog}
    </Section>
  );
};
