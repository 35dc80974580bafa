import { useApi } from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { operationalExcellenceExerciseManagePermission as permission } from 'backstage-plugin-operational-excellence-common';
import type { Allowance } from '../allowance';
import { errorText } from '../feedback';
import { useLoadable } from '../loading';
import { useTexts } from '../translation';

/**
 * Whether the reader may manage exercises of services: of each of them, as who
 * plans one has to, or of any, as who goes on with one has to. The requests are
 * sent as one.
 */
export function useMayManage(
  services: readonly { entityRef: string; title: string }[],
  needed: 'each' | 'any',
): Allowance {
  const permissionApi = useApi(permissionApiRef);
  const { t } = useTexts();
  const key = services
    .map(({ entityRef }) => entityRef)
    .sort()
    .join();
  const decisions = useLoadable(key, () =>
    Promise.all(
      services.map(async ({ entityRef: resourceRef, title }) => {
        const { result } = await permissionApi.authorize({
          permission,
          resourceRef,
        });
        return { title, isAllowed: String(result) === 'ALLOW' };
      }),
    ),
  );
  if (decisions.status === 'failed') {
    const message = errorText(decisions.error);
    return {
      isAllowed: false,
      denial: t('exercises.mayNotBeChecked', { message }),
    };
  }
  if (decisions.status !== 'ready' || decisions.refreshing) {
    return { isAllowed: false, denial: '' };
  }
  const denied = decisions.value.filter(({ isAllowed }) => !isAllowed);
  const isAllowed =
    needed === 'each'
      ? denied.length === 0
      : denied.length < decisions.value.length;
  return {
    isAllowed,
    denial: isAllowed
      ? ''
      : t('exercises.mayNot', {
          permission: permission.name,
          services: denied.map(({ title }) => title).join(', '),
        }),
  };
}
