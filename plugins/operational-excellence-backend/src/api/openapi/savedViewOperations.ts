import { operationalExcellenceServiceReadPermission as serviceRead } from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

const noSuchView =
  'There is no such view, or it is neither the own one of the caller nor shared';

/**
 * What can be asked of saved views. They belong to users: a service has none, and
 * is refused.
 */
export const savedViewOperations: Operation[] = [
  {
    id: 'listSavedViews',
    method: 'get',
    path: '/views',
    tag: 'Saved views',
    summary: 'List the views that the user saved, and those that are shared',
    permission: serviceRead.name,
    answer: {
      status: 200,
      description: 'All of them, by title',
      component: 'SavedViewList',
    },
  },
  {
    id: 'addSavedView',
    method: 'post',
    path: '/views',
    tag: 'Saved views',
    summary:
      'Save a view of the scorecard; to share it, the permission `operational-excellence.view.share` is needed as well',
    permission: serviceRead.name,
    body: 'SavedViewSubmission',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The view',
      component: 'SavedView',
    },
    conflict: 'There are as many views as are kept',
  },
  {
    id: 'changeSavedView',
    method: 'put',
    path: '/views/{id}',
    tag: 'Saved views',
    summary:
      'Change a view: who saved it may, and of a shared one who has the permission `operational-excellence.view.share`, which is needed to share it as well',
    permission: serviceRead.name,
    body: 'SavedViewSubmission',
    isBodyRequired: true,
    answer: {
      status: 200,
      description: 'The view',
      component: 'SavedView',
    },
    notFound: noSuchView,
    conflict: 'As many views are shared as are kept',
  },
  {
    id: 'removeSavedView',
    method: 'delete',
    path: '/views/{id}',
    tag: 'Saved views',
    summary: 'Remove a view, by who may change it',
    permission: serviceRead.name,
    answer: { status: 204, description: 'The view is gone' },
    notFound: noSuchView,
  },
];
