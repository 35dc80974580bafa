import { Waivers } from '../waivers';
import { PageContent } from './PageContent';

/** The waivers below the header of the page. */
export const WaiversPage = () => (
  <PageContent>
    <Waivers />
  </PageContent>
);
