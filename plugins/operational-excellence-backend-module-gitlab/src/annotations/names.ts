/** Names projects by their paths. */
export const ANNOTATION_PROJECT_SLUG = 'gitlab.com/project-slug';

/** Names a project by its number; counts where no path is given. */
export const ANNOTATION_PROJECT_ID = 'gitlab.com/project-id';

/** Names groups, whose projects are all meant. */
export const ANNOTATION_GROUP_SLUG = 'gitlab.com/group-slug';

/** Names the host, where there are several. */
export const ANNOTATION_INSTANCE = 'gitlab.com/instance';
