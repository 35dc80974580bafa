import { VisibilityService } from '../visibility';
import { AuthorizedSavedViews } from './AuthorizedSavedViews';
import { SavedViews } from './SavedViews';
import { SavedViewService } from './SavedViewService';

/** What people do with views of the scorecard. */
export function createSavedViews(options: {
  views: SavedViewService;
  visibility: VisibilityService;
}): SavedViews {
  return AuthorizedSavedViews.create(options);
}
