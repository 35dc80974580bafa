import { NotFoundError } from '@backstage/errors';

/** The same whether there is no such service or it is hidden from the caller. */
export function noSuchService(entityRef: string) {
  return new NotFoundError(
    `There is no service ${entityRef}, or you may not see it in the catalog`,
  );
}
