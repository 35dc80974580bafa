import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useTexts } from '../translation';
import { ConnectedSources } from './ConnectedSources';
import { UnmappedServices } from './UnmappedServices';
import { SourcesView, useSourcesView } from './useSourcesView';

const PANEL_ID = 'operational-excellence-sources-panel';
const tabId = (view: SourcesView) => `operational-excellence-sources-${view}`;

const useStyles = makeStyles(theme => ({
  root: { fontFamily: theme.typography.fontFamily },
  tabs: { marginBottom: theme.spacing(2) },
  // The theme's own is white in the dark.
  tab: {
    '&&:hover': {
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
    },
  },
}));

/**
 * The connected sources, with what each last delivered and why it failed, and the
 * services that name none of them.
 */
export const Sources = () => {
  const classes = useStyles();
  const { t } = useTexts();
  const [view, changeView] = useSourcesView();
  return (
    <div className={classes.root}>
      <Tabs
        value={view}
        onChange={(_, next: SourcesView) => changeView(next)}
        aria-label={t('sources.views')}
        className={classes.tabs}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="off"
      >
        <Tab
          className={classes.tab}
          value="connected"
          id={tabId('connected')}
          aria-controls={PANEL_ID}
          label={t('sources.connected')}
        />
        <Tab
          className={classes.tab}
          value="unmapped"
          id={tabId('unmapped')}
          aria-controls={PANEL_ID}
          label={t('sources.unmapped.title')}
        />
      </Tabs>
      <div role="tabpanel" id={PANEL_ID} aria-labelledby={tabId(view)}>
        {view === 'connected' ? <ConnectedSources /> : <UnmappedServices />}
      </div>
    </div>
  );
};
