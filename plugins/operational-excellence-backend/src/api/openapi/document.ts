import { JsonObject } from '@backstage/types';
import { componentSchemas, parameterSchema, refTo } from './components';
import { Answer, Operation } from './Operation';
import { operations } from './operations';

/** What the segments of paths mean. */
const PATH_PARAMETERS: Record<string, string> = {
  kind: 'The kind of the entity, in any case',
  namespace: 'The namespace of the entity, in any case',
  name: 'The name of the entity, in any case',
  secret: 'The secret of the calendar, which was told once',
  itemId: 'The id of the item of the template',
  externalId: 'What the pipeline calls the test by, percent-encoded',
};

/** What the id within a path is one of, by the segment before it. */
const IDS: Record<string, string> = {
  sources: 'The id of the source, percent-encoded',
  improvements: 'The id of the improvement',
  initiatives: 'The id of the initiative',
  views: 'The id of the view',
  waivers: 'The id of the waiver',
  'policy-previews': 'The id of the preview',
  exercises: 'The id of the exercise',
  'calendar-feeds': 'The id of the calendar',
  'readiness-tests': 'The id of the readiness test',
  findings: 'The id of the finding',
};

/** The same of names that are no names of entities. */
const NAMES: Record<string, string> = {
  environments: 'What the environment is called by',
};

const TAGS: Record<Operation['tag'], string> = {
  Services: 'The tracked entities of the catalog',
  Improvements: 'What was filed from the portal, and what became of it',
  Initiatives:
    'Goals for sets of services, days until when, and how far they have come',
  'Saved views': 'Views of the scorecard that people saved',
  Time: 'How services spend theirs',
  History: 'How services and groups of them stood, day by day',
  Exercises: 'Game days, tabletops and pre-mortems, and calendars of them',
  Waivers: 'Time-limited exceptions to what a policy asks',
  Policies: 'Thresholds as code, and what others would change',
  Readiness: 'Checklists as code, and what came of running them',
  Findings:
    'What exercises and readiness tests brought to light, and what it teaches',
  Environments: 'Where exercises are held and improvements are tried',
  Experiments: 'Runs of fault injection experiments',
  Sources: 'Connected trackers and AWS accounts',
  Description: 'The description of this API',
};

let document: JsonObject | undefined;

/** The OpenAPI document of the API, made of the schemas that it checks with. */
export function openApiDocument(): JsonObject {
  document ??= createDocument();
  return document;
}

function createDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describeOperation(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Operational excellence',
      version: '1.0.0',
      summary:
        'How long improvements wait, when failure was last rehearsed and readiness last proven, for every service of the catalog',
      description:
        'Lists are read page by page: the `nextCursor` of a page, given as `cursor` with the same other parameters, leads to the next one. Instants are ISO 8601 in UTC; an age is the time since an instant. A parameter that takes several values is repeated; its values are alternatives.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: '/api/operational-excellence',
        description: 'Below the base URL of the Backstage backend',
      },
    ],
    security: [{ backstageToken: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({
      name,
      description,
    })),
    paths,
    components: {
      securitySchemes: {
        backstageToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A Backstage token of a user, or of a service with access to this plugin',
        },
      },
      schemas: componentSchemas(),
      responses: {
        BadRequest: failure('The request is malformed; the message says how'),
        Unauthorized: failure('There is no valid token'),
        Forbidden: failure('The caller lacks the permission'),
        PayloadTooLarge: failure('The body is larger than what is read'),
        ServiceUnavailable: failure(
          'The permission backend or the catalog could not be asked what the caller may see',
        ),
      },
    },
  };
}

function describeOperation(operation: Operation): JsonObject {
  const { answer, body, conflict, notFound, permission, query } = operation;
  const answers = [answer, ...(operation.otherAnswers ?? [])];
  const parameters = [
    ...pathParameters(operation.path),
    ...(query ? queryParameters(query) : []),
  ];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: whoMay(operation),
    ...(operation.isPublic && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: operation.isBodyRequired ?? false,
        content: {
          ...json(refTo(body)),
          ...(operation.isBodyCsvToo && {
            'text/csv': { schema: { type: 'string' } },
          }),
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        answers.map(each => [each.status, describeAnswer(each)]),
      ),
      ...(permission && { 400: response('BadRequest') }),
      ...(!operation.isPublic && { 401: response('Unauthorized') }),
      ...(permission && { 403: response('Forbidden') }),
      ...(notFound && { 404: failure(notFound) }),
      ...(conflict && { 409: failure(conflict) }),
      ...(body && { 413: response('PayloadTooLarge') }),
      ...(permission && { 503: response('ServiceUnavailable') }),
    },
  };
}

function describeAnswer({ component, description, ...answer }: Answer) {
  if (answer.status === 204) return { description };
  const schema = component ? refTo(component) : { type: 'object' };
  return {
    description,
    content: answer.mediaType
      ? { [answer.mediaType]: { schema: { type: 'string' } } }
      : json(schema),
  };
}

function whoMay({ isPublic, permission, onlyVisible }: Operation) {
  if (isPublic) return 'Needs no token.';
  if (!permission) return 'Needs no permission beyond a valid token.';
  const needed = `Needs the permission \`${permission}\`.`;
  return onlyVisible
    ? `${needed} Shows and counts only services whose entities the caller may read in the catalog.`
    : needed;
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description:
      (name === 'id' ? IDS : NAMES)[path.split('/')[1]] ??
      PATH_PARAMETERS[name],
    schema: { type: 'string', minLength: 1 },
  }));
}

function queryParameters(query: NonNullable<Operation['query']>): JsonObject[] {
  return Object.entries(query.shape).map(([name, shape]) => {
    const { description, ...schema } = parameterSchema(shape);
    return {
      name,
      in: 'query',
      required: !shape.safeParse(undefined).success,
      ...(description !== undefined && { description }),
      ...(schema.type === 'array' && { style: 'form', explode: true }),
      schema,
    };
  });
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

function failure(description: string): JsonObject {
  return { description, content: json(refTo('Error')) };
}

function response(name: string): JsonObject {
  return { $ref: `#/components/responses/${name}` };
}
