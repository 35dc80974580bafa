import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  MEASURES,
  type PolicyPreviewService,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { Section } from '../../entityContent/Section';
import { useRecordStyles } from '../../entityContent/useRecordStyles';
import { LoadFailure } from '../../feedback';
import { LoadMore, usePages } from '../../paging';
import { usePortalLinks } from '../../portalLinks';
import { useTexts } from '../../translation';
import { Movement } from './Movement';
import type { PreviewView } from './usePreviewView';

const PAGE_SIZE = 50;

const ServiceEntry = (props: { service: PolicyPreviewService }) => {
  const { service } = props;
  const { policyAfter, policyBefore } = service;
  const classes = useRecordStyles();
  const { t } = useTexts();
  const none = t('policies.preview.noPolicy');
  const moved = (['service', ...MEASURES] as const).filter(
    of => service[of].from !== service[of].to,
  );
  return (
    <li className={classes.record}>
      <div className={classes.heading}>
        <span className={classes.name}>
          <EntityRefLink entityRef={service.entityRef} title={service.title} />
        </span>
        <span>
          {policyBefore === policyAfter
            ? t('policies.preview.samePolicy', { policy: policyAfter ?? none })
            : t('policies.preview.policy', {
                before: policyBefore ?? none,
                after: policyAfter ?? none,
              })}
        </span>
      </div>
      <div>
        {moved.map(of => (
          <Movement key={of} measure={of} {...service[of]} />
        ))}
      </div>
    </li>
  );
};

const List = (props: { id: string; view: PreviewView }) => {
  const { id, view } = props;
  const classes = useRecordStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const key = JSON.stringify([id, view]);
  const { list, more } = usePages<PolicyPreviewService>(key, (cursor, signal) =>
    api.getPolicyPreviewServices(
      id,
      { ...view, limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );
  if (list.status === 'loading') {
    return <ListSkeleton label={t('policies.preview.loadingServices')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  const isOutdated = list.value.key !== key;
  if (!list.value.items.length && !isOutdated) {
    return <Note>{t('policies.preview.noServices')}</Note>;
  }
  return (
    <div
      aria-busy={isOutdated}
      style={isOutdated ? { opacity: 0.6 } : undefined}
    >
      <ul className={classes.list} aria-label={t('policies.preview.listAll')}>
        {list.value.items.map(service => (
          <ServiceEntry key={service.entityRef} service={service} />
        ))}
      </ul>
      <LoadMore pages={list.value} more={more} />
    </div>
  );
};

/** The services whose states would change as the view says. */
export const ChangedServices = (props: { id: string; view: PreviewView }) => {
  const { id, view } = props;
  const { from, measure = 'service', to } = view;
  const links = usePortalLinks();
  const { t } = useTexts();
  return (
    <Section
      title={
        from && to
          ? t('policies.preview.listOf', {
              measure: t(`measure.${measure}`),
              from: t(`state.${from}`),
              to: t(`state.${to}`),
            })
          : t('policies.preview.listAll')
      }
      action={
        from &&
        links && (
          <Link to={links.policyPreview(id)}>
            {t('policies.preview.showAll')}
          </Link>
        )
      }
    >
      <List id={id} view={view} />
    </Section>
  );
};
