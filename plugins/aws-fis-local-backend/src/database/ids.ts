import { randomInt } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An id in the form that AWS FIS gives out, such as `EXP8wWxM2G3TYn3Kq`. */
export const newId = (prefix: 'EXP' | 'EXT'): string =>
  prefix +
  Array.from({ length: 15 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    '',
  );
