import {
  operationalExcellencePolicyPreviewPermission as policyPreview,
  operationalExcellenceServiceReadPermission as serviceRead,
  policyPreviewServiceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

const noSuchPreview = 'There is no such preview, or there is no longer';

/** What can be asked of policies. */
export const policyOperations: Operation[] = [
  {
    id: 'listPolicies',
    method: 'get',
    path: '/policies',
    tag: 'Policies',
    summary: 'List the policies, with those that will apply from a day on',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'All policies in the order in which they are chosen from',
      component: 'Policies',
    },
  },
  {
    id: 'previewPolicies',
    method: 'post',
    path: '/policy-previews',
    tag: 'Policies',
    summary: 'Begin to find out what other policies would change',
    permission: policyPreview.name,
    onlyVisible: true,
    body: 'PolicyPreviewSubmission',
    isBodyRequired: true,
    answer: {
      status: 202,
      description: 'The preview; it is worked out in the background',
      component: 'PolicyPreview',
    },
  },
  {
    id: 'getPolicyPreview',
    method: 'get',
    path: '/policy-previews/{id}',
    tag: 'Policies',
    summary: 'How far a preview has come, and what would change',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The preview',
      component: 'PolicyPreview',
    },
    notFound: noSuchPreview,
  },
  {
    id: 'listPolicyPreviewServices',
    method: 'get',
    path: '/policy-previews/{id}/services',
    tag: 'Policies',
    summary: 'List the services of which a preview says that a state changes',
    permission: serviceRead.name,
    onlyVisible: true,
    query: policyPreviewServiceQuerySchema,
    answer: {
      status: 200,
      description: 'One page of services, by title',
      component: 'PolicyPreviewServicePage',
    },
    notFound: noSuchPreview,
  },
];
