import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

/** The entities that somebody may read in the catalog. */
export interface ReadableEntities {
  /** Those of some entities that exist and that the caller may read. */
  among(
    entityRefs: readonly string[],
    options: { credentials: BackstageCredentials },
  ): Promise<ReadonlySet<string>>;
}

const answerSchema = z.object({
  items: z.array(z.looseObject({ kind: z.string() }).nullable()),
});

/** Asks the catalog, with the caller's own credentials, in one request. */
export class CatalogEntities implements ReadableEntities {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  private constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): CatalogEntities {
    return new CatalogEntities(options);
  }

  async among(
    entityRefs: readonly string[],
    options: { credentials: BackstageCredentials },
  ): Promise<ReadonlySet<string>> {
    const refs = [...new Set(entityRefs)];
    if (!refs.length) return new Set();
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: options.credentials,
      targetPluginId: 'catalog',
    });
    const response = await fetch(
      `${await this.#discovery.getBaseUrl('catalog')}/entities/by-refs`,
      {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ entityRefs: refs, fields: ['kind'] }),
        signal: AbortSignal.timeout(30_000),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    // In the order of the request; null where it does not exist, or is hidden.
    const { items } = answerSchema.parse(await response.json());
    return new Set(refs.filter((_, index) => items[index]));
  }
}
