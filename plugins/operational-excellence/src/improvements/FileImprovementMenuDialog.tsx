import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import type { ImprovementService } from './ImprovementService';
import { LazyFileImprovementDialog } from './LazyFileImprovementDialog';

/**
 * The dialog opened from a menu: it is rendered outside of the page, and goes
 * with it.
 */
export const FileImprovementMenuDialog = (props: {
  service: ImprovementService;
  onClose: () => void;
}) => {
  const { onClose, service } = props;
  const { pathname } = useLocation();
  const openedAt = useRef(pathname);
  useEffect(() => {
    if (pathname !== openedAt.current) onClose();
  }, [pathname, onClose]);
  return <LazyFileImprovementDialog service={service} onClose={onClose} />;
};
