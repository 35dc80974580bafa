import { Initiatives } from '../initiatives';
import { PageContent } from './PageContent';

/** The initiatives below the header of the page. */
export const InitiativesPage = () => (
  <PageContent>
    <Initiatives />
  </PageContent>
);
