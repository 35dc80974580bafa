import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadFailure } from '../feedback';
import { operationalExcellenceTranslationRef } from '../translation';
import { CardSkeleton } from './CardSkeleton';
import { ServiceSummary } from './ServiceSummary';
import { useServiceDetail } from './useServiceDetail';

const CardContent = (props: { entityRef: string }) => {
  const service = useServiceDetail(props.entityRef);
  switch (service.status) {
    case 'loading':
      return <CardSkeleton />;
    case 'ready':
      return <ServiceSummary service={service.value} />;
    default:
      return <LoadFailure failure={service} />;
  }
};

/**
 * The three answers for the entity of the page: how long improvements have been
 * waiting, when the last game day was, when it was last tested for operational
 * readiness.
 *
 * @public
 */
export const EntityOperationalExcellenceCard = () => {
  const { entity } = useEntity();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const entityRef = stringifyEntityRef(entity);
  return (
    <InfoCard title={t('title')} variant="gridItem" noPadding>
      <CardContent key={entityRef} entityRef={entityRef} />
    </InfoCard>
  );
};
