import { Link } from '@backstage/core-components';
import { ReactNode } from 'react';
import { externalHref } from './externalHref';

/** A link out of the portal, or just the text where the address is none to follow. */
export const ExternalLink = (props: {
  url: string | null;
  children: ReactNode;
}) => {
  const href = externalHref(props.url);
  if (!href) return <>{props.children}</>;
  return (
    <Link to={href} target="_blank" rel="noopener noreferrer">
      {props.children}
    </Link>
  );
};
