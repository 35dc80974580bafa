import { useApi } from '@backstage/frontend-plugin-api';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type {
  EnvironmentItem,
  EnvironmentStage,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { AllowedButton } from '../allowance';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useLoadable } from '../loading';
import { LoadMore, usePages } from '../paging';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { EnvironmentDialog } from './EnvironmentDialog';
import { EnvironmentEntry } from './EnvironmentEntry';
import { RemovalDialog } from './RemovalDialog';
import { useMayReport } from './useMayReport';

const PAGE_SIZE = 20;
const ID = 'operational-excellence-environments';

/** Which environments are shown, and in which stages these are. */
const VIEWS = {
  current: ['active', 'expired'],
  removed: ['removed'],
  all: [],
} satisfies Record<string, EnvironmentStage[]>;

type View = keyof typeof VIEWS;

const VIEW_NAMES: View[] = ['current', 'removed', 'all'];

type OpenDialog =
  | { kind: 'report' }
  | { kind: 'edit' | 'remove'; environment: EnvironmentItem };

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  note: { margin: theme.spacing(1.5, 2) },
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

/** Environments, those of one service where it is named, and ways to report them. */
export const EnvironmentsSection = (props: { entityRef?: string }) => {
  const { entityRef } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useStyles();
  const now = useNow();
  const { t } = useTexts();
  const allowance = useMayReport();
  const [view, setView] = useState<View>('current');
  const [dialog, setDialog] = useState<OpenDialog>();
  const [changes, setChanges] = useState(0);
  const stage = VIEWS[view];
  const { list, more } = usePages<EnvironmentItem>(
    `${entityRef} ${view} ${changes}`,
    (cursor, signal) =>
      api.getEnvironments(
        { entityRef, stage, limit: PAGE_SIZE, cursor },
        { signal },
      ),
  );
  const expired = useLoadable(`${entityRef} ${changes}`, signal =>
    api.getEnvironments(
      { entityRef, stage: ['expired'], limit: 1 },
      { signal },
    ),
  );
  // Where it cannot be read, the list below says why.
  const expiredCount =
    expired.status === 'ready' ? expired.value.totalItems : 0;
  const close = () => setDialog(undefined);
  const onSaved = () => {
    close();
    setChanges(count => count + 1);
  };

  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('environments.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (list.value.items.length === 0) {
      const isFiltered = view !== 'all';
      return (
        <Note>
          {isFiltered && t('environments.emptyFiltered')}
          {!isFiltered &&
            (entityRef
              ? t('environments.emptyOfService')
              : t('environments.empty'))}
        </Note>
      );
    }
    return (
      <>
        <ul className={classes.list} aria-label={t('environments.title')}>
          {list.value.items.map(environment => (
            <EnvironmentEntry
              key={environment.id}
              environment={environment}
              now={now}
              hasServices={entityRef === undefined}
              allowance={allowance}
              onEdit={() => setDialog({ kind: 'edit', environment })}
              onRemove={() => setDialog({ kind: 'remove', environment })}
            />
          ))}
        </ul>
        <LoadMore pages={list.value} more={more} />
      </>
    );
  };

  return (
    <Section
      title={t('environments.title')}
      action={
        <AllowedButton
          label={t('environments.report')}
          allowance={allowance}
          onClick={() => setDialog({ kind: 'report' })}
        />
      }
    >
      {expiredCount > 0 && (
        <Alert severity="warning" className={classes.note}>
          {t('environments.expiredCount', { count: expiredCount })}
        </Alert>
      )}
      <Tabs
        value={view}
        onChange={(_, next: View) => setView(next)}
        aria-label={t('environments.views')}
        indicatorColor="primary"
      >
        {VIEW_NAMES.map(name => (
          <Tab
            key={name}
            className={classes.tab}
            value={name}
            id={`${ID}-${name}`}
            aria-controls={`${ID}-panel`}
            label={t(`environments.view.${name}`)}
          />
        ))}
      </Tabs>
      <div role="tabpanel" id={`${ID}-panel`} aria-labelledby={`${ID}-${view}`}>
        {content()}
      </div>
      {dialog?.kind === 'report' && (
        <EnvironmentDialog
          entityRef={entityRef}
          onSaved={onSaved}
          onClose={close}
        />
      )}
      {dialog?.kind === 'edit' && (
        <EnvironmentDialog
          environment={dialog.environment}
          onSaved={onSaved}
          onClose={close}
        />
      )}
      {dialog?.kind === 'remove' && (
        <RemovalDialog
          environment={dialog.environment}
          onSaved={onSaved}
          onClose={close}
        />
      )}
    </Section>
  );
};
