import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadFailure } from '../feedback';
import { FileImprovementButton } from '../improvements';
import { useTexts } from '../translation';
import { CardSkeleton } from './CardSkeleton';
import { ServiceSummary } from './ServiceSummary';
import { useServiceDetail } from './useServiceDetail';

const CardOf = (props: { entityRef: string }) => {
  const { t } = useTexts();
  const service = useServiceDetail(props.entityRef);
  const content = () => {
    switch (service.status) {
      case 'loading':
        return <CardSkeleton />;
      case 'ready':
        return <ServiceSummary service={service.value} />;
      default:
        return <LoadFailure failure={service} />;
    }
  };
  return (
    <InfoCard
      title={t('title')}
      variant="gridItem"
      noPadding
      action={
        service.status === 'ready' && (
          <FileImprovementButton service={service.value} />
        )
      }
    >
      {content()}
    </InfoCard>
  );
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
  const entityRef = stringifyEntityRef(entity);
  return <CardOf key={entityRef} entityRef={entityRef} />;
};
