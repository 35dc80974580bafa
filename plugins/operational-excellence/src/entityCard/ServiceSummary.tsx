import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { useNow } from '../time';
import { BacklogLine } from './BacklogLine';
import { CardFooter } from './CardFooter';
import { GameDayLine } from './GameDayLine';
import { ReadinessTestLine } from './ReadinessTestLine';

/** The three answers, each on its line, and where they come from. */
export const ServiceSummary = (props: { service: ServiceDetail }) => {
  const { service } = props;
  const now = useNow();
  return (
    <>
      <BacklogLine service={service} now={now} />
      <GameDayLine service={service} now={now} />
      <ReadinessTestLine service={service} now={now} />
      <CardFooter service={service} now={now} />
    </>
  );
};
