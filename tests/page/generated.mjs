// Data that is made up, the same at every run.

/** A generator of numbers from 0 to below a limit: mulberry32, by Tommy Ettinger, in the public domain. */
export function numbers(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  };
}

/** One of these. */
export const one = (number, of) => of[number(of.length)];

/** Up to so many of these, in any order, each as often as it comes. */
export const some = (number, of, most) => Array.from({ length: number(most + 1) }, () => one(number, of));
