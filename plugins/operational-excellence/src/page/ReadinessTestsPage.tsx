import { Content } from '@backstage/core-components';
import { ReadinessTests } from '../readinessTests';

/** The readiness tests below the header of the page. */
export const ReadinessTestsPage = () => (
  <Content>
    <ReadinessTests />
  </Content>
);
