import { GameDays } from '../exercises';
import { PageContent } from './PageContent';

/** The game days below the header of the page. */
export const GameDaysPage = () => (
  <PageContent>
    <GameDays />
  </PageContent>
);
