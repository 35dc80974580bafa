import { JsonObject, JsonValue } from '@backstage/types';
import { ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Server } from 'node:http';
import request from 'supertest';
import document from '../../../openapi.json';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  schema: JsonObject;
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: JsonObject }> };
  responses: Record<string, JsonObject>;
}

type QueryValue = string | number | (string | number)[];

export interface ApiRequest {
  method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** The path below the API's base path, percent-encoded. */
  path: string;
  query?: Record<string, QueryValue>;
  /** Sent as JSON. */
  body?: JsonValue;
  /** Sent instead of a body of JSON. */
  csv?: string;
  /** The value of the authorization header. */
  authorization?: string;
  headers?: Record<string, string>;
}

export interface ApiResponse<T> {
  status: number;
  body: T;
}

const BASE_PATH = '/api/operational-excellence';

/** Statuses with which a request is refused before its parameters are looked at. */
const REFUSED = [400, 401, 403, 413, 503];

const operations = document.paths as unknown as Record<
  string,
  Record<string, Operation>
>;

const components = document.components as unknown as {
  responses: Record<string, JsonObject>;
  schemas: JsonObject;
};

/** The components, with answers not allowed to hold more than they say. */
const strictComponents = { schemas: closed(components.schemas) };

function closed(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const result = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value ?? null)]),
  );
  const isObject = result.type === 'object' && 'properties' in result;
  return isObject && !('additionalProperties' in result)
    ? { ...result, additionalProperties: false }
    : result;
}

/**
 * Calls the API of a started backend and holds each request and each response
 * against openapi.json: it throws where an operation, a status or a property of
 * an answer is not documented, and where a request that the document does not
 * allow is not refused.
 */
export class DocumentedApi {
  readonly #server: Server;
  readonly #ajv = createAjv();
  readonly #validators = new Map<string, ValidateFunction>();

  static of(server: Server) {
    return new DocumentedApi(server);
  }

  private constructor(server: Server) {
    this.#server = server;
  }

  async call<T = JsonObject>(asked: ApiRequest): Promise<ApiResponse<T>> {
    const { method = 'get', path, query = {} } = asked;
    const operation = operationFor(method, path);
    const problems = this.#problemsOfRequest(operation, asked);

    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, values]) =>
        [values].flat().map(value => [name, String(value)]),
      ),
    );
    const pending = request(this.#server)
      [method](`${BASE_PATH}${path}?${search}`)
      .set(asked.headers ?? {});
    if (asked.authorization) pending.set('authorization', asked.authorization);
    if (asked.csv !== undefined) {
      pending.type('text/csv').send(asked.csv);
    } else if (asked.body !== undefined) {
      pending.send(asked.body as object);
    }
    const { body: json, status, text, type } = await pending;
    // What is no JSON is text.
    const body = type === 'application/json' ? json : text;

    const what = `${operation.operationId} answered ${status}`;
    if (problems.length > 0 && !REFUSED.includes(status)) {
      throw new Error(
        `${what} to a request that is not documented: ${problems.join('; ')}`,
      );
    }
    const content = responseContent(operation, status);
    if (!content) throw new Error(`${what}, which is not documented`);
    if (!type && Object.keys(content).length === 0) return { status, body };
    const schema = content[type]?.schema;
    if (!schema) throw new Error(`${what} as ${type}`);
    const wrong = this.#problemsOf(what, schema, body);
    if (wrong) throw new Error(`${what} as is not documented: ${wrong}`);
    return { status, body };
  }

  /** What of a request the document does not allow. */
  #problemsOfRequest(operation: Operation, asked: ApiRequest): string[] {
    const { operationId, parameters = [], requestBody } = operation;
    const problems: string[] = [];
    const known = parameters.filter(parameter => parameter.in === 'query');
    for (const [name, given] of Object.entries(asked.query ?? {})) {
      const parameter = known.find(candidate => candidate.name === name);
      if (!parameter) {
        problems.push(`${name} is not a parameter`);
        continue;
      }
      const problem = this.#problemsOf(
        `${operationId} ${name}`,
        parameter.schema,
        asReceived(given, parameter.schema),
      );
      if (problem) problems.push(`${name}: ${problem}`);
    }
    if (asked.csv !== undefined && !requestBody?.content['text/csv']) {
      problems.push('body: takes no CSV');
    }
    if (asked.body !== undefined) {
      const schema = requestBody?.content['application/json'].schema;
      const problem = schema
        ? this.#problemsOf(`${operationId} body`, schema, asked.body)
        : 'takes none';
      if (problem) problems.push(`body: ${problem}`);
    }
    return problems;
  }

  #problemsOf(name: string, schema: JsonObject, value: unknown) {
    let validate = this.#validators.get(name);
    if (!validate) {
      validate = this.#ajv.compile({
        ...schema,
        components: strictComponents,
      });
      this.#validators.set(name, validate);
    }
    return validate(value)
      ? undefined
      : this.#ajv.errorsText(validate.errors, { dataVar: '' });
  }
}

function createAjv() {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  });
  addFormats(ajv);
  ajv.addKeyword('components');
  return ajv;
}

function operationFor(method: string, path: string): Operation {
  const fits = Object.keys(operations)
    .filter(template => {
      const pattern = template.replace(/\{\w+\}/g, '[^/]+');
      return new RegExp(`^${pattern}$`).test(path);
    })
    // The one with the fewest placeholders.
    .sort((a, b) => a.split('{').length - b.split('{').length);
  const operation = operations[fits[0]]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not documented`);
  return operation;
}

/** What an answer may be, by media type; nothing where it has no content. */
function responseContent(
  operation: Operation,
  status: number,
): Record<string, { schema: JsonObject }> | undefined {
  let response = operation.responses[status] as
    | { $ref?: string; content?: Record<string, { schema: JsonObject }> }
    | undefined;
  const name = response?.$ref?.replace('#/components/responses/', '');
  if (name) response = components.responses[name];
  return response && (response.content ?? {});
}

/** A value of a query as the schema of its parameter speaks of it. */
function asReceived(given: QueryValue, schema: JsonObject) {
  if (schema.type === 'array') return [given].flat().map(String);
  if (Array.isArray(given)) return given.length === 1 ? given[0] : given;
  return schema.type === 'integer' ? Number(given) : String(given);
}
