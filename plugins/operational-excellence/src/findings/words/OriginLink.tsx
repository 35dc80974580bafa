import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../../translation';
import { useOriginPath } from './useOriginPath';

/** What brought a finding to light: its kind, and its title linked to its page. */
export const OriginLink = (props: { origin: Finding['origin'] }) => {
  const { origin } = props;
  const path = useOriginPath(origin);
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const title = origin.title || origin.id;
  return (
    <>
      {t(`findings.origin.${origin.kind}`)}{' '}
      {path === undefined ? title : <Link to={path}>{title}</Link>}
    </>
  );
};
