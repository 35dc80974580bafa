import {
  experimentQuerySchema,
  operationalExcellenceServiceReadPermission as serviceRead,
  operationalExcellenceSourceReadPermission as sourceRead,
  operationalExcellenceSourceSyncPermission as sourceSync,
  SERVICE_CSV_COLUMNS,
  serviceCsvQuerySchema,
  serviceFacetsQuerySchema,
  serviceQuerySchema,
  sourceProblemQuerySchema,
  sourceScopeQuerySchema,
  ticketQuerySchema,
  unmappedServiceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { environmentOperations } from './environmentOperations';
import { calendarOperations } from './calendarOperations';
import { evaluationOperations } from './evaluationOperations';
import { findingOperations } from './findingOperations';
import { guardrailOperations } from './guardrailOperations';
import { exerciseOperations } from './exerciseOperations';
import { historyOperations } from './historyOperations';
import { improvementOperations } from './improvementOperations';
import { initiativeOperations } from './initiativeOperations';
import { noSuchService, Operation } from './Operation';
import { policyOperations } from './policyOperations';
import { readinessOperations } from './readinessOperations';
import { rollupOperations } from './rollupOperations';
import { savedViewOperations } from './savedViewOperations';
import { timeOperations } from './timeOperations';
import { waiverOperations } from './waiverOperations';

export const operations: Operation[] = [
  {
    id: 'listServices',
    method: 'get',
    path: '/services',
    tag: 'Services',
    summary: 'List services with their states and figures',
    permission: serviceRead.name,
    onlyVisible: true,
    query: serviceQuerySchema,
    answer: {
      status: 200,
      description: 'One page of services',
      component: 'ServicePage',
    },
  },
  {
    id: 'downloadServices',
    method: 'get',
    path: '/services.csv',
    tag: 'Services',
    summary: 'All services with their states and figures, as CSV',
    permission: serviceRead.name,
    onlyVisible: true,
    query: serviceCsvQuerySchema,
    answer: {
      status: 200,
      description: `A line per service after one of names, in UTF-8, streamed. The columns are ${SERVICE_CSV_COLUMNS.join(
        ', ',
      )}. Text is quoted; what a spreadsheet would take for a formula begins with an apostrophe. Where reading fails midway, the connection breaks`,
      mediaType: 'text/csv',
    },
  },
  {
    id: 'getServiceFacets',
    method: 'get',
    path: '/services/facets',
    tag: 'Services',
    summary: 'What services can be filtered by, with counts',
    permission: serviceRead.name,
    onlyVisible: true,
    query: serviceFacetsQuerySchema,
    answer: {
      status: 200,
      description: 'The values that the services have, and how many have each',
      component: 'ServiceFacets',
    },
  },
  {
    id: 'getService',
    method: 'get',
    path: '/services/{kind}/{namespace}/{name}',
    tag: 'Services',
    summary: 'One service, with what its state follows from',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The service',
      component: 'ServiceDetail',
    },
    notFound: noSuchService,
  },
  {
    id: 'listTickets',
    method: 'get',
    path: '/services/{kind}/{namespace}/{name}/tickets',
    tag: 'Services',
    summary: 'List the tickets of a service',
    permission: serviceRead.name,
    onlyVisible: true,
    query: ticketQuerySchema,
    answer: {
      status: 200,
      description: 'One page of tickets',
      component: 'TicketPage',
    },
    notFound: noSuchService,
  },
  ...rollupOperations,
  ...guardrailOperations,
  ...improvementOperations,
  ...initiativeOperations,
  ...savedViewOperations,
  ...evaluationOperations,
  ...findingOperations,
  ...environmentOperations,
  ...exerciseOperations,
  ...calendarOperations,
  ...timeOperations,
  ...historyOperations,
  ...waiverOperations,
  ...policyOperations,
  ...readinessOperations,
  {
    id: 'listExperiments',
    method: 'get',
    path: '/experiments',
    tag: 'Experiments',
    summary: 'List runs of experiments',
    permission: serviceRead.name,
    onlyVisible: true,
    query: experimentQuerySchema,
    answer: {
      status: 200,
      description: 'One page of experiments',
      component: 'ExperimentPage',
    },
  },
  {
    id: 'listSources',
    method: 'get',
    path: '/sources',
    tag: 'Sources',
    summary: 'List the connected sources and how they fare',
    permission: sourceRead.name,
    answer: {
      status: 200,
      description: 'All sources',
      component: 'SourceList',
    },
  },
  {
    id: 'listSourceScopes',
    method: 'get',
    path: '/sources/{id}/scopes',
    tag: 'Sources',
    summary: 'List what a source synchronises, and how that fares',
    permission: sourceRead.name,
    query: sourceScopeQuerySchema,
    answer: {
      status: 200,
      description: 'One page of scopes',
      component: 'SourceScopePage',
    },
    notFound: 'There is no such source',
  },
  {
    id: 'listSourceProblems',
    method: 'get',
    path: '/sources/{id}/problems',
    tag: 'Sources',
    summary:
      'List what services name in a source that does not exist or cannot be read',
    permission: sourceRead.name,
    onlyVisible: true,
    query: sourceProblemQuerySchema,
    answer: {
      status: 200,
      description: 'One page of problems',
      component: 'SourceProblemPage',
    },
    notFound: 'There is no such source',
  },
  {
    id: 'listUnmappedServices',
    method: 'get',
    path: '/unmapped-services',
    tag: 'Sources',
    summary:
      'List services that name nothing in any source, and what they could',
    permission: sourceRead.name,
    onlyVisible: true,
    query: unmappedServiceQuerySchema,
    answer: {
      status: 200,
      description: 'One page of services',
      component: 'UnmappedServicePage',
    },
  },
  {
    id: 'syncSource',
    method: 'post',
    path: '/sources/{id}/sync',
    tag: 'Sources',
    summary: 'Make a source, or one of its scopes, synchronise now',
    permission: sourceSync.name,
    body: 'SyncRequest',
    answer: {
      status: 202,
      description: 'The scopes are due; they run in the background',
      component: 'SyncResponse',
    },
    notFound: 'There is no such source, or it has no such scope',
  },
  {
    id: 'getOpenApiDocument',
    method: 'get',
    path: '/openapi.json',
    tag: 'Description',
    summary: 'This document',
    answer: { status: 200, description: 'An OpenAPI 3.1 document' },
  },
];
