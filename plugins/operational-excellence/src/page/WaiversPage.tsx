import { Content } from '@backstage/core-components';
import { Waivers } from '../waivers';

/** The waivers below the header of the page. */
export const WaiversPage = () => (
  <Content>
    <Waivers />
  </Content>
);
