import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import { operationalExcellenceSourceSyncPermission } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../feedback';
import { useTexts } from '../translation';

/** Asks a source or a scope to run now; says why where one may not. */
export const SyncButton = (props: {
  /** Of what is asked. */
  title: string;
  asking: boolean;
  onSync: () => void;
}) => {
  const { title, asking, onSync } = props;
  const { t } = useTexts();
  const { allowed, error, loading } = usePermission({
    permission: operationalExcellenceSourceSyncPermission,
  });

  const reason = () => {
    if (loading || allowed) return '';
    return error
      ? t('sources.syncUnchecked', { message: errorText(error) })
      : t('sources.syncForbidden', {
          permission: operationalExcellenceSourceSyncPermission.name,
        });
  };
  const denial = reason();
  const disabled = !allowed || asking;

  // Not the attribute `disabled`: the button has to take the focus to tell why.
  return (
    <Tooltip title={denial}>
      <Button
        size="small"
        variant="outlined"
        aria-label={t('sources.syncNowOf', { source: title })}
        aria-disabled={disabled}
        style={disabled ? { opacity: 0.6 } : undefined}
        onClick={disabled ? undefined : onSync}
      >
        {t('sources.syncNow')}
      </Button>
    </Tooltip>
  );
};
