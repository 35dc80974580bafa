import { stringifyEntityRef } from '@backstage/catalog-model';
import { dialogApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useTexts } from '../translation';
import { FileImprovementMenuDialog } from './FileImprovementMenuDialog';
import { useMayFile } from './useMayFile';

/** The item in the menu of an entity that opens the dialog. */
export function useFileImprovementMenuItem() {
  const { entity } = useEntity();
  const dialogApi = useApi(dialogApiRef);
  const { t } = useTexts();
  const entityRef = stringifyEntityRef(entity);
  const { denial, isAllowed } = useMayFile(entityRef);
  const { name, title = name } = entity.metadata;
  return {
    title: denial ? t('improvement.mayNotInMenu') : t('improvement.file'),
    disabled: !isAllowed,
    onClick: () => {
      dialogApi.open(({ dialog }) => (
        <FileImprovementMenuDialog
          service={{ entityRef, title }}
          onClose={dialog.close}
        />
      ));
    },
  };
}
