import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { createReadStream } from 'fs';
import { resolve } from 'path';
import { OperationalExcellenceConfig } from '../../config';

/** Bytes. Many times the largest template that anybody would fill in. */
const LARGEST_FILE = 512 * 1024;

/** How long a host may take to send one. */
const READ_TIMEOUT_MS = 30_000;

/** Of the templates that come with the plugin. */
export const BUILT_IN = 'built-in';

/** Where a template is read from. */
export interface TemplateSource {
  /** As it is shown: the file or the address as configured. */
  name: string;
  /** Whether it can be read whatever goes on elsewhere. */
  isLocal: boolean;
  /** Whether another one of the same id takes its place. */
  isBuiltIn: boolean;
  /** Its text; rejects with a reason that tells people what to mend. */
  read(signal: AbortSignal): Promise<string>;
}

export interface TemplateSourcesOptions {
  config: OperationalExcellenceConfig['readiness'];
  urlReader: UrlReaderService;
  /** The files that come with the plugin. */
  builtInFiles: readonly string[];
}

/** The configured sources in their order, then those that come with the plugin. */
export function templateSources(
  options: TemplateSourcesOptions,
): TemplateSource[] {
  const { builtInFiles, config, urlReader } = options;
  return [
    ...config.templates.map(source =>
      source.url === undefined
        ? fileSource(source.file, { name: source.file })
        : urlSource(source.url, urlReader),
    ),
    ...(config.builtInTemplates
      ? builtInFiles.map(file => ({
          ...fileSource(file, { name: BUILT_IN }),
          isBuiltIn: true,
        }))
      : []),
  ];
}

/** Relative to where the backend runs, as other files of the configuration. */
function fileSource(path: string, options: { name: string }): TemplateSource {
  return {
    ...options,
    isLocal: true,
    isBuiltIn: false,
    async read(signal) {
      try {
        return await textOf(createReadStream(resolve(path), { signal }));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof InputError) throw error;
        throw new InputError(
          `It could not be read: ${fileErrorOf(
            error,
          )}; a relative path begins where the backend runs`,
        );
      }
    },
  };
}

function urlSource(url: string, urlReader: UrlReaderService): TemplateSource {
  return {
    name: url,
    isLocal: false,
    isBuiltIn: false,
    async read(signal) {
      const within = AbortSignal.any([
        signal,
        AbortSignal.timeout(READ_TIMEOUT_MS),
      ]);
      try {
        const response = await urlReader.readUrl(url, { signal: within });
        if (response.stream) return await textOf(response.stream());
        return await textOf([await response.buffer()]);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof InputError) throw error;
        throw new InputError(
          within.aborted
            ? `It could not be read within ${READ_TIMEOUT_MS / 1_000} seconds`
            : `It could not be read: ${wordsOf(error)}`,
        );
      }
    },
  };
}

/** @throws InputError where there is too much of it */
async function textOf(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<string> {
  const read: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += buffer.length;
    if (size > LARGEST_FILE) {
      throw new InputError(
        `It is larger than the limit of ${LARGEST_FILE / 1024} kB`,
      );
    }
    read.push(buffer);
  }
  return Buffer.concat(read).toString('utf8');
}

/** Without the whole path, which is only the operator's business. */
function fileErrorOf(error: unknown): string {
  if (!isError(error) || typeof error.code !== 'string') return wordsOf(error);
  return error.code === 'ENOENT' ? 'there is no such file' : error.code;
}

function wordsOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}
