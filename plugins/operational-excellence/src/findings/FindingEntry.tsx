import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { ExternalLink } from '../entityContent/ExternalLink';
import { Markdown } from '../entityContent/loop/Markdown';
import { StageLabel } from '../entityContent/loop/StageLabel';
import { Who } from '../exercises';
import { dayOf, Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { FindingAct, FindingActions } from './FindingActions';
import { FindingRetests } from './FindingRetests';
import { useFindingStyles } from './useFindingStyles';
import { FindingStageLabel, OriginLink, SeverityLabel, TagList } from './words';

/** What is shown beside the findings themselves. */
export interface FindingEntryOptions {
  now: number;
  /** Where findings of several services are shown. */
  hasService?: boolean;
  /** Where all findings come from the same. */
  hidesOrigin?: boolean;
  /** The title of who owns the service, where known. */
  owner?: string | null;
  onAct: (finding: Finding, act: FindingAct) => void;
}

const RetestBy = (props: { finding: Finding; now: number }) => {
  const { finding, now } = props;
  const { closedAt, retestBy } = finding;
  const words = useTimeWords();
  const { t } = useTexts();
  if (closedAt) {
    return (
      <Moment instant={closedAt}>
        {t('findings.closed', { day: dayOf(closedAt) })}
      </Moment>
    );
  }
  if (!retestBy) return null;
  const isOver = Date.parse(retestBy) < now;
  return (
    <span>
      <Moment instant={retestBy}>
        {t('findings.retestBy', { day: dayOf(retestBy) })}
      </Moment>
      {`, ${isOver ? words.ago(retestBy, now) : words.ahead(retestBy, now)}`}
    </span>
  );
};

const ImprovementLine = (props: { finding: Finding }) => {
  const { improvement } = props.finding;
  const { t } = useTexts();
  const classes = useFindingStyles();
  if (!improvement) return null;
  const { stage, ticketKey, ticketUrl, title } = improvement;
  return (
    <div className={classes.head}>
      <span>
        {`${t('findings.improvement')} `}
        <ExternalLink url={ticketUrl}>
          {ticketKey === null ? title : `${ticketKey} ${title}`}
        </ExternalLink>
      </span>
      <StageLabel stage={stage} />
    </div>
  );
};

/** A finding: how bad it is, where it stands, what it teaches and needs next. */
export const FindingEntry = (
  props: FindingEntryOptions & { finding: Finding },
) => {
  const { finding, hasService, hidesOrigin, now, onAct, owner } = props;
  const { createdAt, createdBy, lesson } = finding;
  const classes = useFindingStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <SeverityLabel severity={finding.severity} />
        <FindingStageLabel stage={finding.stage} />
        {hasService && (
          <EntityRefLink
            entityRef={finding.entityRef}
            title={finding.entityTitle}
          />
        )}
        <RetestBy finding={finding} now={now} />
      </div>
      <Markdown content={finding.text} />
      {lesson && (
        <div>
          <p className={classes.label}>{t('findings.lesson')}</p>
          <Markdown content={lesson} />
        </div>
      )}
      <TagList tags={finding.tags} />
      <ImprovementLine finding={finding} />
      <FindingRetests retests={finding.retests} />
      <div className={classes.secondary}>
        {!hidesOrigin && (
          <>
            {`${t('findings.foundIn')} `}
            <OriginLink origin={finding.origin} />
            {', '}
          </>
        )}
        <Moment instant={createdAt}>
          {t('findings.foundBy', { ago: words.ago(createdAt, now) })}
        </Moment>{' '}
        <Who who={createdBy} />
      </div>
      <FindingActions
        finding={finding}
        owner={owner}
        onAct={act => onAct(finding, act)}
      />
    </li>
  );
};
