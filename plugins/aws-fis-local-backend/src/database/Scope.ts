/** An account in a Region: what everything in the endpoint belongs to. */
export interface Scope {
  accountId: string;
  region: string;
}

export const scopeColumns = ({ accountId, region }: Scope) => ({
  account_id: accountId,
  region,
});

export const arnOf = (
  { accountId, region }: Scope,
  type: 'action' | 'experiment' | 'experiment-template' | 'safety-lever',
  id: string,
): string => `arn:aws:fis:${region}:${accountId}:${type}/${id}`;
