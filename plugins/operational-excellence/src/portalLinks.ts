import { rootRouteRef } from './routes';
import { usePagePath } from './usePagePath';

/** The parameters of an address; several values of one are alternatives. */
export type LinkParams = Record<
  string,
  string | number | readonly string[] | undefined
>;

/** Where the plugin's pages about the organisation are. */
export interface PortalLinks {
  scorecard: (params?: LinkParams) => string;
  trends: (params?: LinkParams) => string;
  initiatives: (params?: LinkParams) => string;
  initiative: (id: string) => string;
  policies: () => string;
  tryPolicies: () => string;
  policyPreview: (id: string, params?: LinkParams) => string;
}

/** The addresses of the pages; `undefined` where the app shows none of them. */
export function usePortalLinks(): PortalLinks | undefined {
  const root = usePagePath(rootRouteRef);
  return root === undefined ? undefined : portalLinks(root);
}

function portalLinks(root: string): PortalLinks {
  const base = root.replace(/\/$/, '');
  const at = (path: string) => (params?: LinkParams) =>
    `${base}/${path}${searchOf(params)}`;
  return {
    scorecard: at('scorecard'),
    trends: at('trends'),
    initiatives: at('initiatives'),
    initiative: id => at(`initiatives/${encodeURIComponent(id)}`)(),
    policies: at('policies'),
    tryPolicies: at('policies/try'),
    policyPreview: (id, params) =>
      at(`policies/previews/${encodeURIComponent(id)}`)(params),
  };
}

function searchOf(params: LinkParams = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== '') search.append(name, `${each}`);
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
