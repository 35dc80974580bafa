import { Entity } from '@backstage/catalog-model';
import {
  createExtensionInput,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  EntityContextMenuItemBlueprint,
  EntityContextMenuItemParams,
} from '@backstage/plugin-catalog-react/alpha';

const MenuItem = (props: Pick<EntityContextMenuItemParams, 'useProps'>) => {
  const { title, disabled, onClick } = props.useProps();
  return (
    <button disabled={disabled} onClick={() => onClick?.()}>
      {title}
    </button>
  );
};

/** A page at the root of the portal with the menu items of an entity. */
export function menuPage(entity: Entity) {
  return PageBlueprint.makeWithOverrides({
    name: 'menu',
    inputs: {
      items: createExtensionInput(
        [EntityContextMenuItemBlueprint.dataRefs.data],
        {
          replaces: [{ id: 'page:catalog/entity', input: 'contextMenuItems' }],
        },
      ),
    },
    factory: (createPage, { inputs }) =>
      createPage({
        path: '/',
        loader: async () => (
          <EntityProvider entity={entity}>
            {inputs.items.map(item => (
              <MenuItem
                key={item.node.spec.id}
                useProps={
                  item.get(EntityContextMenuItemBlueprint.dataRefs.data)
                    .useProps
                }
              />
            ))}
          </EntityProvider>
        ),
      }),
  });
}
