import { EntityRefLink } from '@backstage/plugin-catalog-react';

const ENTITY_REF = /^(user|group):[^\s/]+\/[^\s/]+$/i;

/** Somebody: a user or a group of the catalog is linked, a name is a name. */
export const Who = (props: { who: string }) =>
  ENTITY_REF.test(props.who) ? (
    <EntityRefLink entityRef={props.who} />
  ) : (
    <>{props.who}</>
  );
