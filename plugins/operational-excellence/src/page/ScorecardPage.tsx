import { Content } from '@backstage/core-components';
import { Scorecard } from '../scorecard';

/** The scorecard below the header of the page. */
export const ScorecardPage = () => (
  <Content>
    <Scorecard />
  </Content>
);
