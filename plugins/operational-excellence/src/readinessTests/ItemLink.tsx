import { Link } from '@backstage/core-components';
import { ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { itemElementId } from './items';
import { showItem } from './useShownItem';

/** Leads to an item of the test on this page. */
export const ItemLink = (props: { itemId: string; children: ReactNode }) => {
  const { pathname, search } = useLocation();
  const hash = `#${encodeURIComponent(itemElementId(props.itemId))}`;
  return (
    <Link
      to={`${pathname}${search}${hash}`}
      replace
      // Also where the address names it already.
      onClick={() => showItem(props.itemId)}
    >
      {props.children}
    </Link>
  );
};
