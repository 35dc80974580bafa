import { stringifyEntityRef } from '@backstage/catalog-model';
import type { IconComponent } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import PlaylistAddIcon from '@material-ui/icons/PlaylistAdd';
import { ReactNode, useMemo, useState } from 'react';
import { useTexts } from '../translation';
import { LazyFileImprovementDialog } from './LazyFileImprovementDialog';

/**
 * An item of the menu of an entity's page, as the `EntityLayout` of the catalog
 * takes it as one of `UNSTABLE_extraContextMenuItems`.
 *
 * @public
 */
export interface FileImprovementContextMenuItem {
  title: string;
  Icon: IconComponent;
  onClick: () => void;
}

/**
 * Files improvements from the menu of an entity's page, for the classic frontend
 * system.
 *
 * @remarks
 *
 * To be called within the page of an entity. Whoever may not file improvements of
 * the entity is told so in the dialog.
 *
 * @returns the items for the menu, and the dialog, which has to be rendered beside
 * the `EntityLayout` that shows them
 *
 * @public
 */
export function useFileImprovementContextMenu(): {
  items: FileImprovementContextMenuItem[];
  dialog: ReactNode;
} {
  const { entity } = useEntity();
  const { t } = useTexts();
  const entityRef = stringifyEntityRef(entity);
  const { name, title = name } = entity.metadata;
  // The entity that it was opened for: the page may turn to another one.
  const [openFor, setOpenFor] = useState<string>();
  const label = t('improvement.file');
  const items = useMemo(
    () => [
      {
        title: label,
        Icon: PlaylistAddIcon,
        onClick: () => setOpenFor(entityRef),
      },
    ],
    [entityRef, label],
  );
  return {
    items,
    dialog: openFor === entityRef && (
      <LazyFileImprovementDialog
        service={{ entityRef, title }}
        onClose={() => setOpenFor(undefined)}
      />
    ),
  };
}
