import { mockServices } from '@backstage/backend-test-utils';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { Readable } from 'stream';
import { templateSources } from './templateSources';

const { signal } = new AbortController();

describe('templateSources', () => {
  const urlReader = mockServices.urlReader.mock();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'templates-'));
    await writeFile(join(folder, 'a.yaml'), 'id: a # ü');
    await writeFile(join(folder, 'large.yaml'), '#'.repeat(600_000));
  });

  afterAll(() => rm(folder, { recursive: true }));

  const sourcesOf = (
    templates: ({ file: string } | { url: string })[],
    builtInTemplates = false,
  ) =>
    templateSources({
      config: { builtInTemplates, templates, refreshEvery: 1 },
      urlReader,
      builtInFiles: [join(folder, 'a.yaml')],
    });

  const read = (source: { file: string } | { url: string }) =>
    sourcesOf([source])[0].read(signal);

  it('are those that are configured, then those that come with the plugin', () => {
    const url = 'https://git.example/a.yaml';
    expect(
      sourcesOf([{ file: './a.yaml' }, { url }], true).map(
        ({ isBuiltIn, isLocal, name }) => [name, isLocal, isBuiltIn],
      ),
    ).toEqual([
      ['./a.yaml', true, false],
      [url, false, false],
      ['built-in', true, true],
    ]);
  });

  it('read files', async () => {
    expect(await read({ file: join(folder, 'a.yaml') })).toBe('id: a # ü');
  });

  it('read what the URL reader can read', async () => {
    const url = 'https://git.example/a.yaml';
    const buffer = async () => Buffer.from('id: a # ü');
    urlReader.readUrl.mockResolvedValueOnce({ buffer });
    expect(await read({ url })).toBe('id: a # ü');
    urlReader.readUrl.mockResolvedValueOnce({
      buffer,
      stream: () => Readable.from([Buffer.from('id: '), Buffer.from('b')]),
    });
    expect(await read({ url })).toBe('id: b');
    expect(urlReader.readUrl).toHaveBeenCalledWith(url, {
      signal: expect.any(AbortSignal),
    });
  });

  it('say why they cannot be read, without whole paths', async () => {
    const missing = read({ file: join(folder, 'b.yaml') });
    await expect(missing).rejects.toMatchObject({
      name: 'InputError',
      message:
        'It could not be read: there is no such file; a relative path begins where the backend runs',
    });
    await expect(read({ file: folder })).rejects.toThrow(/EISDIR/);
    await expect(read({ file: join(folder, 'large.yaml') })).rejects.toThrow(
      'It is larger than the limit of 512 kB',
    );
    urlReader.readUrl.mockRejectedValueOnce(new Error('404 Not Found'));
    await expect(
      read({ url: 'https://git.example/b.yaml' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: 'It could not be read: 404 Not Found',
    });
  });

  it('stop reading when they are to', async () => {
    const controller = new AbortController();
    const reason = new Error('stopping');
    controller.abort(reason);
    urlReader.readUrl.mockRejectedValueOnce(new Error('aborted'));
    const [file, url] = sourcesOf([
      { file: join(folder, 'a.yaml') },
      { url: 'https://git.example/a.yaml' },
    ]);
    await expect(file.read(controller.signal)).rejects.toBe(reason);
    await expect(url.read(controller.signal)).rejects.toBe(reason);
  });
});
