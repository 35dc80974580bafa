import { JsonObject, JsonValue } from '@backstage/types';

/** The configurations as one, as if they were in several files. */
export function mergedConfig(...configs: JsonObject[]): JsonObject {
  const merged: JsonObject = {};
  for (const config of configs) {
    for (const [key, value] of Object.entries(config)) {
      const present = merged[key];
      merged[key] =
        isObject(present) && isObject(value)
          ? mergedConfig(present, value)
          : value;
    }
  }
  return merged;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
