import { Content } from '@backstage/core-components';
import { Lessons } from '../lessons';

/** The lessons below the header of the page. */
export const LessonsPage = () => (
  <Content>
    <Lessons />
  </Content>
);
