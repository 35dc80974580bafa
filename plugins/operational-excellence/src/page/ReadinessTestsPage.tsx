import { ReadinessTests } from '../readinessTests';
import { PageContent } from './PageContent';

/** The readiness tests below the header of the page. */
export const ReadinessTestsPage = () => (
  <PageContent>
    <ReadinessTests />
  </PageContent>
);
