import { Sources } from '../sources';
import { PageContent } from './PageContent';

/** The sources below the header of the page. */
export const SourcesPage = () => (
  <PageContent>
    <Sources />
  </PageContent>
);
