import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Waiver } from 'backstage-plugin-operational-excellence-common';
import { dayOf, Moment } from '../../time';
import { useTexts } from '../../translation';

/** When a waiver was granted, and by whom. */
export const WaiverGrant = (props: { waiver: Waiver }) => {
  const { approver, createdAt } = props.waiver;
  const { t } = useTexts();
  return (
    <>
      <Moment instant={createdAt}>{dayOf(createdAt)}</Moment>
      <div>
        {`${t('waivers.list.by')} `}
        <EntityRefLink entityRef={approver} />
      </div>
    </>
  );
};
