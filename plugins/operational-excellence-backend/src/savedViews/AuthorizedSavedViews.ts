import {
  operationalExcellenceServiceReadPermission as serviceRead,
  operationalExcellenceViewSharePermission as viewShare,
  SavedView,
  SavedViewSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { VisibilityService } from '../visibility';
import { SavedViews, Viewer } from './SavedViews';
import {
  mayChange,
  SavedViewService,
  StoredView,
  ViewOwner,
} from './SavedViewService';

interface AuthorizedSavedViewsOptions {
  views: SavedViewService;
  visibility: VisibilityService;
}

/** Lets people do with views what they may. */
export class AuthorizedSavedViews implements SavedViews {
  readonly #views: SavedViewService;
  readonly #visibility: VisibilityService;

  static create(options: AuthorizedSavedViewsOptions) {
    return new AuthorizedSavedViews(options);
  }

  private constructor(options: AuthorizedSavedViewsOptions) {
    this.#views = options.views;
    this.#visibility = options.visibility;
  }

  async list(viewer: Viewer) {
    const owner = await this.#ownerOf(viewer);
    const views = await this.#views.list(owner.userRef);
    return { items: views.map(view => shown(view, owner)) };
  }

  async add(submission: SavedViewSubmission, viewer: Viewer) {
    const owner = await this.#ownerOf(viewer);
    return shown(await this.#views.add(submission, owner), owner);
  }

  async change(id: string, submission: SavedViewSubmission, viewer: Viewer) {
    const owner = await this.#ownerOf(viewer);
    return shown(await this.#views.change(id, submission, owner), owner);
  }

  async remove(id: string, viewer: Viewer) {
    await this.#views.remove(id, await this.#ownerOf(viewer));
  }

  async isShared(id: string) {
    return (await this.#views.get(id))?.shared ?? false;
  }

  /** @throws NotAllowedError where they may not see what there are views of */
  async #ownerOf({ credentials }: Viewer): Promise<ViewOwner> {
    const [mayShare] = await Promise.all([
      this.#visibility.isAllowed(credentials, viewShare),
      this.#visibility.authorize(credentials, serviceRead),
    ]);
    return { userRef: credentials.principal.userEntityRef, mayShare };
  }
}

function shown(view: StoredView, owner: ViewOwner): SavedView {
  return { ...view, mayChange: mayChange(view, owner) };
}
