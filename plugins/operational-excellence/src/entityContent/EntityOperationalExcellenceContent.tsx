import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useServiceDetail } from '../entityCard/useServiceDetail';
import { LoadFailure } from '../feedback';
import { ContentSkeleton } from './ContentSkeleton';
import { ServiceContent } from './ServiceContent';

const ContentOf = (props: { entityRef: string }) => {
  const service = useServiceDetail(props.entityRef);
  switch (service.status) {
    case 'loading':
      return <ContentSkeleton />;
    case 'ready':
      return <ServiceContent service={service.value} />;
    default:
      return (
        <InfoCard noPadding>
          <LoadFailure failure={service} />
        </InfoCard>
      );
  }
};

/**
 * What the three answers for the entity of the page follow from: its
 * improvements, its experiments and its readiness tests.
 *
 * @public
 */
export const EntityOperationalExcellenceContent = () => {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return <ContentOf key={entityRef} entityRef={entityRef} />;
};
