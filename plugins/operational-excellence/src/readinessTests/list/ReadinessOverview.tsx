import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useTexts } from '../../translation';
import { RunTestButton } from '../starting';
import { TemplateList } from './TemplateList';
import { TestList } from './TestList';
import type { TestsView } from './testsView';
import { useTestsView } from './useTestsView';

const PANEL_ID = 'operational-excellence-readiness-panel';
const TABS: TestsView['tab'][] = ['tests', 'templates'];
const tabId = (tab: TestsView['tab']) =>
  `operational-excellence-readiness-${tab}`;

const useStyles = makeStyles(theme => ({
  root: {
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
  // The theme's own is white in the dark.
  tab: {
    '&&:hover': {
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
    },
  },
  panel: {
    display: 'grid',
    gap: theme.spacing(2),
    // The table scrolls in its own box rather than widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
}));

/** The readiness tests of the organisation, and the templates they follow. */
export const ReadinessOverview = () => {
  const classes = useStyles();
  const { t } = useTexts();
  const [view, changeView] = useTestsView();
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Tabs
          value={view.tab}
          onChange={(_, tab: TestsView['tab']) => changeView({ tab })}
          aria-label={t('readinessRuns.views')}
          indicatorColor="primary"
          variant="scrollable"
          scrollButtons="off"
        >
          {TABS.map(tab => (
            <Tab
              key={tab}
              className={classes.tab}
              value={tab}
              id={tabId(tab)}
              aria-controls={PANEL_ID}
              label={t(`readinessRuns.${tab}`)}
            />
          ))}
        </Tabs>
        <RunTestButton />
      </div>
      <div
        role="tabpanel"
        id={PANEL_ID}
        aria-labelledby={tabId(view.tab)}
        className={classes.panel}
      >
        {view.tab === 'tests' ? (
          <TestList view={view} onChange={changeView} />
        ) : (
          <TemplateList />
        )}
      </div>
    </div>
  );
};
