import { Content } from '@backstage/core-components';
import { Sources } from '../sources';

/** The sources below the header of the page. */
export const SourcesPage = () => (
  <Content>
    <Sources />
  </Content>
);
