import { Lessons } from '../lessons';
import { PageContent } from './PageContent';

/** The lessons below the header of the page. */
export const LessonsPage = () => (
  <PageContent>
    <Lessons />
  </PageContent>
);
