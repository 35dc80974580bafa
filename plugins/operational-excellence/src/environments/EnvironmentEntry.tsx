import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type { EnvironmentItem } from 'backstage-plugin-operational-excellence-common';
import { Allowance, AllowedButton } from '../allowance';
import { ExternalLink } from '../entityContent/ExternalLink';
import { Who } from '../exercises/words';
import { dayOf, Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { EnvironmentStageLabel } from './EnvironmentStageLabel';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(0.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  title: { fontWeight: 600 },
  secondary: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1.5),
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  services: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** Until when an environment is, or was, there. */
const Times = (props: { environment: EnvironmentItem; now: number }) => {
  const { environment, now } = props;
  const { createdAt, expiresAt, removedAt, stage } = environment;
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <>
      <span>
        {`${t('environments.list.created')} `}
        <Moment instant={createdAt}>{dayOf(createdAt)}</Moment>
      </span>
      {expiresAt && (
        <span>
          {`${
            stage === 'active'
              ? t('environments.list.expires')
              : t('environments.list.expired')
          } `}
          <Moment instant={expiresAt}>
            {stage === 'removed'
              ? dayOf(expiresAt)
              : `${dayOf(expiresAt)}, ${
                  stage === 'expired'
                    ? words.ago(expiresAt, now)
                    : words.ahead(expiresAt, now)
                }`}
          </Moment>
        </span>
      )}
      {removedAt && (
        <span>
          {`${t('environments.list.removed')} `}
          <Moment instant={removedAt}>{dayOf(removedAt)}</Moment>
        </span>
      )}
    </>
  );
};

/** An environment: what it is, whose, until when, and what is tried in it. */
export const EnvironmentEntry = (props: {
  environment: EnvironmentItem;
  now: number;
  /** Where the environments of several services are shown. */
  hasServices?: boolean;
  allowance: Allowance;
  onEdit: () => void;
  onRemove: () => void;
}) => {
  const { allowance, environment, hasServices, now } = props;
  const { exerciseCount, improvementCount, name, ownerRef, services, title } =
    environment;
  const classes = useStyles();
  const { t } = useTexts();
  const counts = [
    exerciseCount > 0 && t('environments.list.used', { count: exerciseCount }),
    improvementCount > 0 &&
      t('environments.list.tried', { count: improvementCount }),
  ].filter(Boolean);
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <span className={classes.title}>
          <ExternalLink url={environment.url}>{title}</ExternalLink>
        </span>
        <EnvironmentStageLabel stage={environment.stage} />
        <span>{t(`environments.kind.${environment.kind}`)}</span>
      </div>
      <div className={classes.secondary}>
        <code>{name}</code>
        <Times environment={environment} now={now} />
      </div>
      <div className={classes.secondary}>
        <span>
          {`${t('environments.list.owner')} `}
          <Who who={ownerRef} />
        </span>
        {counts.length > 0 && <span>{counts.join(', ')}</span>}
      </div>
      {hasServices && services.length > 0 && (
        <ul
          className={classes.services}
          aria-label={t('environments.list.services')}
        >
          {services.map(service => (
            <li key={service.entityRef}>
              <EntityRefLink
                entityRef={service.entityRef}
                title={service.title}
              />
            </li>
          ))}
        </ul>
      )}
      {environment.stage !== 'removed' && (
        <div role="group" aria-label={title} className={classes.actions}>
          <AllowedButton
            label={t('environments.edit')}
            allowance={allowance}
            onClick={props.onEdit}
          />
          <AllowedButton
            label={t('environments.remove')}
            allowance={allowance}
            onClick={props.onRemove}
          />
        </div>
      )}
    </li>
  );
};
