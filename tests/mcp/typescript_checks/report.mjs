// Checks, printed one per line.

let passed = 0;
let failed = 0;

export function check(what, holds, detail) {
  if (holds) {
    passed += 1;
    console.log(`ok   ${what}`);
  } else {
    failed += 1;
    console.log(`FAIL ${what}: ${JSON.stringify(detail)}`);
  }
}

/** Ends the program; its exit code is 1 when a check failed. */
export function end() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
