import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { GameDays } from '../exercises';
import { Initiatives } from '../initiatives';
import { Lessons } from '../lessons';
import { Policies } from '../policies';
import { ReadinessTests } from '../readinessTests';
import { Scorecard } from '../scorecard';
import { Sources } from '../sources';
import { useTexts } from '../translation';
import { Trends } from '../trends';
import { Waivers } from '../waivers';

/** The org-wide page with a header of its own, for the classic frontend system. */
export const ClassicPage = () => {
  const { t } = useTexts();
  return (
    <Page themeId="tool">
      <Header title={t('title')} />
      <TabbedLayout>
        <TabbedLayout.Route path="/scorecard" title={t('scorecard.title')}>
          <Scorecard />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/trends" title={t('trends.title')}>
          <Trends />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/initiatives" title={t('initiatives.title')}>
          <Initiatives />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/game-days" title={t('exercises.title')}>
          <GameDays />
        </TabbedLayout.Route>
        <TabbedLayout.Route
          path="/readiness-tests"
          title={t('readinessRuns.tab')}
        >
          <ReadinessTests />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/lessons" title={t('findings.lessons.title')}>
          <Lessons />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/waivers" title={t('waivers.title')}>
          <Waivers />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/policies" title={t('policies.title')}>
          <Policies />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/sources" title={t('sources.title')}>
          <Sources />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
};
