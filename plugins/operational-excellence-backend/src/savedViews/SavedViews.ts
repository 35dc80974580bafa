import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  SavedView,
  SavedViewSubmission,
} from 'backstage-plugin-operational-excellence-common';

/** Who asks for views: only people have any. */
export interface Viewer {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

/**
 * What people do with views of the scorecard. Their own they change as they like;
 * to share one with everybody, and to change one that somebody else shared, they
 * need a permission.
 */
export interface SavedViews {
  /** Their own and the shared ones, by title. */
  list(viewer: Viewer): Promise<{ items: SavedView[] }>;

  /**
   * @throws NotAllowedError where it is to be shared and they may not
   * @throws ConflictError where there are as many as are kept
   */
  add(submission: SavedViewSubmission, viewer: Viewer): Promise<SavedView>;

  /**
   * @throws NotFoundError where there is no such view, or it is neither theirs nor
   * shared
   * @throws NotAllowedError where they may not
   * @throws ConflictError where as many are shared as are kept
   */
  change(
    id: string,
    submission: SavedViewSubmission,
    viewer: Viewer,
  ): Promise<SavedView>;

  /**
   * @throws NotFoundError where there is no such view, or it is neither theirs nor
   * shared
   * @throws NotAllowedError where they may not
   */
  remove(id: string, viewer: Viewer): Promise<void>;

  /** Whether a view is one that everybody sees. */
  isShared(id: string): Promise<boolean>;
}
