import { Link } from '@backstage/core-components';
import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useOriginPath } from './useOriginPath';

/** What brought a finding to light: its kind, and its title linked to its page. */
export const OriginLink = (props: { origin: Finding['origin'] }) => {
  const { origin } = props;
  const path = useOriginPath(origin);
  const { t } = useTexts();
  const title = origin.title || origin.id;
  return (
    <>
      {t(`findings.origin.${origin.kind}`)}{' '}
      {path === undefined ? title : <Link to={path}>{title}</Link>}
    </>
  );
};
