import { Policies } from '../policies';
import { PageContent } from './PageContent';

/** The policies below the header of the page. */
export const PoliciesPage = () => (
  <PageContent>
    <Policies />
  </PageContent>
);
