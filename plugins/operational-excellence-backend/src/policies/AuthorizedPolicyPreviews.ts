import { NotFoundError } from '@backstage/errors';
import {
  Instant,
  operationalExcellencePolicyPreviewPermission as policyPreview,
  operationalExcellenceServiceReadPermission as serviceRead,
  PolicyPreviewServiceQuery,
  PolicyPreviewSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller } from '../improvements';
import { VisibilityService } from '../visibility';
import { PolicyPreviews } from './PolicyPreviews';
import { PolicyQueries } from './PolicyQueries';
import { PreviewRunner, PreviewStore } from './previews';
import { StoredPreview } from './previews/previewRows';

/** How many of a user there are; the oldest ones go. */
const MAX_PREVIEWS = 20;

interface AuthorizedPolicyPreviewsOptions {
  queries: PolicyQueries;
  runner: PreviewRunner;
  store: PreviewStore;
  visibility: VisibilityService;
  now?: () => Instant;
}

/** Lets callers try policies if they may, and shows what they see of services. */
export class AuthorizedPolicyPreviews implements PolicyPreviews {
  readonly #options: AuthorizedPolicyPreviewsOptions;

  static create(options: AuthorizedPolicyPreviewsOptions) {
    return new AuthorizedPolicyPreviews(options);
  }

  private constructor(options: AuthorizedPolicyPreviewsOptions) {
    this.#options = options;
  }

  async policies(caller: Caller) {
    return this.#options.queries.policies(await this.#visibleTo(caller));
  }

  async start({ policies }: PolicyPreviewSubmission, caller: Caller) {
    const {
      now = Date.now,
      queries,
      runner,
      store,
      visibility,
    } = this.#options;
    const visible = await this.#visibleTo(caller);
    await visibility.authorize(caller.credentials, policyPreview);
    const added = await store.add(
      {
        policies,
        createdBy: nameOfCaller(caller.credentials),
        createdAt: now(),
        upcoming: null,
      },
      { keep: MAX_PREVIEWS },
    );
    runner.wake();
    return queries.preview(added, visible);
  }

  async get(id: string, caller: Caller) {
    const visible = await this.#visibleTo(caller);
    return this.#options.queries.preview(await this.#read(id), visible);
  }

  async services(id: string, query: PolicyPreviewServiceQuery, caller: Caller) {
    const visible = await this.#visibleTo(caller);
    const preview = await this.#read(id);
    return this.#options.queries.services(preview.id, query, visible);
  }

  async #visibleTo({ credentials }: Caller) {
    return this.#options.visibility.ofServices(credentials, serviceRead);
  }

  async #read(id: string): Promise<StoredPreview> {
    const preview = await this.#options.store.read(id);
    if (preview) return preview;
    throw new NotFoundError(
      `There is no policy preview ${
        id.length > 100 ? `${id.slice(0, 100)}…` : id
      }; they are removed after 30 days, and of each user when there are more than ${MAX_PREVIEWS}`,
    );
  }
}
