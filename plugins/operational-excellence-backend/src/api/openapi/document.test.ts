import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApiDocument } from './document';

const FILE = resolve(__dirname, '../../../openapi.json');

describe('openApiDocument', () => {
  it('is what openapi.json holds; UPDATE_OPENAPI=1 writes it anew', () => {
    if (process.env.UPDATE_OPENAPI) {
      writeFileSync(FILE, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
    }
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(openApiDocument());
  });

  it('refers to nothing that it does not hold, and holds nothing unused', () => {
    const document = openApiDocument();
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      match => match[1],
    );
    const { schemas, responses } = document.components as Record<
      string,
      object
    >;
    const held = [
      ...Object.keys(schemas).map(name => `components/schemas/${name}`),
      ...Object.keys(responses).map(name => `components/responses/${name}`),
    ];
    expect([...new Set(refs)].sort()).toEqual(held.sort());
  });

  it('describes every parameter', () => {
    const paths = openApiDocument().paths as Record<
      string,
      Record<string, { parameters?: { name: string; description?: string }[] }>
    >;
    const undescribed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters = [] }) =>
        parameters
          .filter(({ description }) => !description)
          .map(({ name }) => `${path} ${name}`),
      ),
    );
    expect(undescribed).toEqual([]);
  });
});
