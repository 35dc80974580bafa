import { Content } from '@backstage/core-components';
import { GameDays } from '../exercises';

/** The game days below the header of the page. */
export const GameDaysPage = () => (
  <Content>
    <GameDays />
  </Content>
);
