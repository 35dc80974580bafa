import { Scorecard } from '../scorecard';
import { PageContent } from './PageContent';

/** The scorecard below the header of the page. */
export const ScorecardPage = () => (
  <PageContent>
    <Scorecard />
  </PageContent>
);
