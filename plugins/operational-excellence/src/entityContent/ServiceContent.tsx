import Paper from '@material-ui/core/Paper';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { BacklogLine } from '../entityCard/BacklogLine';
import { CardFooter } from '../entityCard/CardFooter';
import { GameDayLine } from '../entityCard/GameDayLine';
import { ReadinessTestLine } from '../entityCard/ReadinessTestLine';
import { ServiceEnvironments } from '../environments';
import { ServiceFindings } from '../findings';
import { ServiceGuardrails } from '../guardrails';
import { ServiceLessons } from '../lessons';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { ServiceHistory } from '../trends/serviceHistory';
import { WaiversSection } from '../waivers';
import { BacklogSection } from './backlog';
import { ExperimentsSection } from './experiments';
import { GameDaysSection } from './gameDays';
import { LoopSection } from './loop';
import { ReadinessSection } from './readiness';
import { TicketsSection } from './tickets';
import { TimeSection } from './time';
import { useContentStyles } from './useContentStyles';

/** The three answers of a service, and what each follows from. */
export const ServiceContent = (props: { service: ServiceDetail }) => {
  const { service } = props;
  const now = useNow();
  const classes = useContentStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <section className={classes.summary}>
        <h2 className={classes.heading}>{t('tab.summary')}</h2>
        <Paper className={classes.answer}>
          <BacklogLine service={service} now={now} />
        </Paper>
        <Paper className={classes.answer}>
          <GameDayLine service={service} now={now} />
        </Paper>
        <Paper className={classes.answer}>
          <ReadinessTestLine service={service} now={now} />
        </Paper>
      </section>
      <WaiversSection service={service} now={now} />
      <ServiceHistory entityRef={service.entityRef} now={now} />
      <BacklogSection service={service} now={now} />
      <LoopSection service={service} now={now} />
      <TimeSection service={service} now={now} />
      <TicketsSection service={service} now={now} />
      <GameDaysSection service={service} now={now} />
      <ExperimentsSection service={service} now={now} />
      <ServiceGuardrails entityRef={service.entityRef} now={now} />
      <ServiceFindings
        entityRef={service.entityRef}
        ownerTitle={service.ownerTitle}
      />
      <ReadinessSection service={service} now={now} />
      <ServiceEnvironments entityRef={service.entityRef} />
      <ServiceLessons entityRef={service.entityRef} />
      <Paper>
        <CardFooter service={service} now={now} />
      </Paper>
    </div>
  );
};
