import { Trends } from '../trends';
import { PageContent } from './PageContent';

/** The trends below the header of the page. */
export const TrendsPage = () => (
  <PageContent>
    <Trends />
  </PageContent>
);
